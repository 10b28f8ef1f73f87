using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Jobs.Sdk.Hosting;
using Jobs.Tests.InMemory;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jobs.Tests.Unit.Sdk;

public sealed class HeartbeatTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly InMemoryWorkerRecords _records = new();
    private readonly LaunchId _launch = new(RunId.From("job", "one"), 1);
    private readonly CancellationTokenSource _ended = new();
    private readonly DateTimeOffset _start;

    public HeartbeatTests() => _start = _clock.GetUtcNow();

    public void Dispose() => _ended.Dispose();

    [Fact]
    public async Task Heartbeats_begin_a_minute_after_the_claim_and_follow_every_half_minute()
    {
        var (heart, running) = await BeginAsync();

        await AdvanceAsync(59);
        Assert.Equal(0, Written);
        await AdvanceAsync(1, written: 1);
        await AdvanceAsync(29);
        Assert.Equal(1, Written);
        await AdvanceAsync(1, written: 2);

        Assert.Equal(_start.AddSeconds(90), _records.Find(_launch.Run)!.HeartbeatAt);
        Assert.False(await EndAsync(running));
        Assert.NotNull(heart);
    }

    [Fact]
    public async Task Progress_waits_for_the_second_second_and_then_for_five_between_two()
    {
        var (heart, running) = await BeginAsync();

        heart.Report(new WorkerProgress(0.1, "first"));
        await Eventually.TrueAsync(() => _clock.ArmedTimers == 2);
        await AdvanceAsync(1);
        Assert.Equal(0, Written);
        await AdvanceAsync(1, written: 1);
        Assert.Equal(new WorkerProgress(0.1, "first"), _records.Find(_launch.Run)!.Progress);

        heart.Report(new WorkerProgress(0.2, "second"));
        heart.Report(new WorkerProgress(0.3, "third"));
        await Eventually.TrueAsync(() => _clock.ArmedTimers == 2);
        await AdvanceAsync(4);
        Assert.Equal(1, Written);
        await AdvanceAsync(1, written: 2);
        Assert.Equal(new WorkerProgress(0.3, "third"), _records.Find(_launch.Run)!.Progress);
        Assert.False(await EndAsync(running));
    }

    [Fact]
    public async Task Progress_of_a_beat_that_could_not_be_written_goes_with_the_next()
    {
        var flaky = new FlakyRecords(_records);
        flaky.Fault = call => call == "HeartbeatAsync" ? new HttpRequestException("DynamoDB is away.") : null;
        var (heart, running) = await BeginAsync(flaky);

        heart.Report(new WorkerProgress(0.1, "first"));
        await Eventually.TrueAsync(() => _clock.ArmedTimers == 2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => flaky.Failures == 1 && _clock.ArmedTimers == 1);
        flaky.Fault = _ => null;
        await AdvanceAsync(30, written: 1);

        Assert.Equal(new WorkerProgress(0.1, "first"), _records.Find(_launch.Run)!.Progress);
        Assert.False(await EndAsync(running));
    }

    [Fact]
    public async Task Newer_progress_takes_the_place_of_what_a_failed_beat_had()
    {
        var flaky = new FlakyRecords(_records);
        var (heart, running) = await BeginAsync(flaky);
        flaky.Fault = call =>
        {
            if (call != "HeartbeatAsync") return null;
            heart.Report(new WorkerProgress(0.2, "second"));
            return new HttpRequestException("DynamoDB is away.");
        };

        heart.Report(new WorkerProgress(0.1, "first"));
        await Eventually.TrueAsync(() => _clock.ArmedTimers == 2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => flaky.Failures == 1 && _clock.ArmedTimers == 2);
        flaky.Fault = _ => null;
        await AdvanceAsync(5, written: 1);

        Assert.Equal(new WorkerProgress(0.2, "second"), _records.Find(_launch.Run)!.Progress);
        Assert.False(await EndAsync(running));
    }

    [Fact]
    public async Task Record_that_a_later_launch_has_claimed_is_lost()
    {
        var (_, running) = await BeginAsync();
        await _records.ClaimAsync(_launch with { Number = 2 }, "later", _start, CancellationToken.None);

        await _clock.AdvanceAsync(TimeSpan.FromSeconds(60));

        Assert.True(await running);
    }

    private int Written => _records.Calls.Count(call => call == "HeartbeatAsync");

    private async Task<(Heartbeat Heart, Task<bool> Running)> BeginAsync(IWorkerRecords? records = null)
    {
        await _records.ClaimAsync(_launch, "task", _start, CancellationToken.None);
        var heart = new Heartbeat(records ?? _records, _launch, _clock, NullLogger.Instance);
        return (heart, heart.RunAsync(_ended.Token));
    }

    private async Task<bool> EndAsync(Task<bool> running)
    {
        await _ended.CancelAsync();
        return await running;
    }

    private async Task AdvanceAsync(int seconds, int? written = null)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        if (written is null) return;
        await Eventually.TrueAsync(() => Written == written && _clock.ArmedTimers == 1);
    }
}
