using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Sdk;

public sealed class CheckpointTests : IDisposable
{
    private readonly HostScenario _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task First_attempt_finds_none()
    {
        var exit = await _host.RunAsync(async (job, stop) =>
            $"{await job.ReadCheckpointAsync<Place>(stop) is null} {await job.ReadCheckpointAsync<int>(stop)}");

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        Assert.Equal("""{"text":"True 0"}""", _host.Record.ResultJson);
    }

    [Fact]
    public async Task Next_attempt_reads_what_the_last_one_saved()
    {
        await SavedByAnEarlierLaunchAsync("""{"row":42,"part":"a"}""");

        await _host.RunAsync(async (job, stop) => $"{await job.ReadCheckpointAsync<Place>(stop)}");

        Assert.Equal("""{"text":"Place { Row = 42, Part = a }"}""", _host.Record.ResultJson);
    }

    [Fact]
    public async Task Checkpoint_is_written_in_the_time_left_after_stop_and_kept_for_the_next_attempt()
    {
        var exit = await _host.RunAsync(async (job, stop) =>
        {
            _host.SendSigterm();
            await Eventually.TrueAsync(() => stop.IsCancellationRequested);
            await job.SaveCheckpointAsync(new Place(7, "b"), stop);
            stop.ThrowIfCancellationRequested();
            return "never";
        });

        Assert.Equal(WorkerExitCodes.Interrupted, exit);
        Assert.Equal("""{"row":7,"part":"b"}""", _host.Record.CheckpointJson);
    }

    [Fact]
    public async Task Checkpoint_is_refused_once_the_time_is_over()
    {
        Exception? thrown = null;
        var running = _host.RunAsync(async (job, stop) =>
        {
            _host.SendSigterm();
            await Eventually.TrueAsync(() => stop.IsCancellationRequested);
            _host.Clock.Advance(job.TimeLeft);
            thrown = await Record.ExceptionAsync(() => job.SaveCheckpointAsync(1, stop));
            throw thrown!;
        });

        Assert.Equal(WorkerExitCodes.Interrupted, await running);
        // The host does not wait for a job whose time is over.
        await Eventually.TrueAsync(() => Volatile.Read(ref thrown) is not null);
        Assert.IsAssignableFrom<OperationCanceledException>(thrown);
        Assert.Null(_host.Record.CheckpointJson);
    }

    [Fact]
    public async Task Success_clears_it_and_failure_does_not()
    {
        await _host.RunAsync(async (job, stop) =>
        {
            await job.SaveCheckpointAsync(1, stop);
            throw new InvalidOperationException("later");
        });
        Assert.Equal("1", _host.Record.CheckpointJson);

        await _host.RunAsync((_, _) => Task.FromResult("done"));
        Assert.Null(_host.Record.CheckpointJson);
    }

    [Fact]
    public async Task Superseded_attempt_cannot_overwrite_it_and_is_told_to_stop()
    {
        var (reason, message) = (StopReason.None, "");
        var exit = await _host.RunAsync(async (job, stop) =>
        {
            var later = new LaunchId(_host.Launch.Run, 3);
            await _host.Records.ClaimAsync(later, "later", _host.Clock.GetUtcNow(), CancellationToken.None);
            await _host.Records.SaveCheckpointAsync(later, "\"theirs\"", CancellationToken.None);
            message = (
                await Assert.ThrowsAsync<OperationCanceledException>(() =>
                    job.SaveCheckpointAsync("ours", stop))).Message;
            reason = job.Interrupted;
            stop.ThrowIfCancellationRequested();
            return "never";
        });

        Assert.Equal((WorkerExitCodes.Superseded, StopReason.Superseded), (exit, reason));
        Assert.Contains("A later launch has taken over", message, StringComparison.Ordinal);
        Assert.Equal("\"theirs\"", _host.Record.CheckpointJson);
    }

    [Fact]
    public async Task Checkpoint_of_32_kb_is_kept_and_a_larger_one_refused_with_the_remedy()
    {
        var refused = "";
        await _host.RunAsync(async (job, stop) =>
        {
            var most = new string('x', JobContext.MaxCheckpointBytes - 2);
            await job.SaveCheckpointAsync(most, stop);
            refused = (
                await Assert.ThrowsAsync<ArgumentException>(() => job.SaveCheckpointAsync(most + "x", stop))).Message;
            throw new InvalidOperationException("so that it is kept");
        });

        Assert.Equal(JobContext.MaxCheckpointBytes, _host.Record.CheckpointJson!.Length);
        Assert.Contains("at most 32,768 fit", refused, StringComparison.Ordinal);
        Assert.Contains("save the object's key", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_of_another_version_of_the_job_is_said_and_not_ignored()
    {
        await SavedByAnEarlierLaunchAsync("""{"row":"forty"}""");

        Assert.Equal(
            WorkerExitCodes.JobFailed,
            await _host.RunAsync(async (job, stop) => $"{await job.ReadCheckpointAsync<Place>(stop)}"));

        Assert.Contains("is not a Place", _host.Record.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_that_does_not_use_it_pays_for_no_call()
    {
        await SavedByAnEarlierLaunchAsync("1");
        var before = _host.Records.Calls.Count;

        await _host.RunAsync((_, _) => Task.FromResult("done"));

        Assert.Equal(["ClaimAsync", "CompleteAsync"], _host.Records.Calls.Skip(before));
    }

    private async Task SavedByAnEarlierLaunchAsync(string json)
    {
        var first = new LaunchId(_host.Launch.Run, 1);
        await _host.Records.ClaimAsync(first, "first", _host.Clock.GetUtcNow(), CancellationToken.None);
        await _host.Records.SaveCheckpointAsync(first, json, CancellationToken.None);
        await _host.Records.CompleteAsync(first, _host.Clock.GetUtcNow(), new WorkerOutcome(0), CancellationToken.None);
    }

    private sealed record Place(long Row, string Part);
}
