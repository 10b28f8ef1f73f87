using Lapstack.Ground;
using Lapstack.Processes;

namespace Lapstack.Tests.State;

public sealed class RoomOnDiskTests
{
    private readonly ManualClock _clock = new();
    private readonly Activity _activity;
    private readonly RoomOnDisk _room;
    private int _calls;

    public RoomOnDiskTests()
    {
        _activity = new Activity(_clock);
        _room = new RoomOnDisk(_activity, _clock);
    }

    [Fact]
    public async Task Work_is_repeated_each_second_until_there_is_room_and_both_are_told_once()
    {
        var first = _room.AwaitAsync(() => FullFor(3), CancellationToken.None);
        var second = _room.AwaitAsync(() => FullFor(3), CancellationToken.None);
        for (; !first.IsCompleted || !second.IsCompleted; await Task.Yield())
        {
            if (_clock.ArmedTimers > 0) _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Task.WhenAll(first, second);

        Assert.Equal(["DiskFull", "DiskHasRoom"], await KindsAsync());
    }

    [Fact]
    public async Task Other_failures_are_thrown()
    {
        await Assert.ThrowsAsync<IOException>(() =>
            _room.AwaitAsync(() => throw new IOException("The file is locked.", 32), CancellationToken.None));

        Assert.Empty(await KindsAsync());
    }

    [Fact]
    public async Task Waiting_ends_with_the_emulator()
    {
        using var ending = new CancellationTokenSource();
        var waiting = _room.AwaitAsync(() => FullFor(int.MaxValue), ending.Token);

        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(["DiskFull"], await KindsAsync());
    }

    private void FullFor(int calls)
    {
        if (++_calls <= calls) throw new IOException("No space left on device", 28);
    }

    private async Task<IReadOnlyList<string>> KindsAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        var kinds = new List<string>();
        try
        {
            await foreach (var entry in _activity.ReadAsync(now.Token)) kinds.Add(entry.Kind);
        }
        catch (OperationCanceledException)
        {
            // All that is kept has been read.
        }

        return kinds;
    }
}
