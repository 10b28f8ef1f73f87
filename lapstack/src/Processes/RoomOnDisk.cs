using Lapstack.Ground;

namespace Lapstack.Processes;

/// <summary>
/// Where the disk is full, work of the emulator's own waits: no caller would send it again. A call is refused instead.
/// </summary>
internal sealed class RoomOnDisk(Activity activity, TimeProvider clock)
{
    private const string Remedy = "Free some of it: what is under way waits until there is room.";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private int _waiting;

    /// <summary>Does it, and again each second while the disk is full. The first to wait is reported.</summary>
    /// <param name="work">Safe to repeat.</param>
    public async Task<T> AwaitAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work();
        }
        catch (IOException full) when (FullDisk.Is(full))
        {
            if (Interlocked.Increment(ref _waiting) == 1) Report("DiskFull", $"{FullDisk.Words(full)} {Remedy}");
        }

        try
        {
            return await RepeatAsync(work, cancellation);
        }
        finally
        {
            if (Interlocked.Decrement(ref _waiting) == 0 && !cancellation.IsCancellationRequested)
            {
                Report("DiskHasRoom", "There is room on the disk again: what waited goes on.");
            }
        }
    }

    public Task AwaitAsync(Func<Task> work, CancellationToken cancellation) => AwaitAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellation);

    public Task AwaitAsync(Action work, CancellationToken cancellation) => AwaitAsync(
        () =>
        {
            work();
            return Task.CompletedTask;
        },
        cancellation);

    private async Task<T> RepeatAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Pause, clock, cancellation);
            try
            {
                return await work();
            }
            catch (IOException full) when (FullDisk.Is(full))
            {
            }
        }
    }

    private void Report(string kind, string text) => activity.Report("Emulator", kind, text);
}
