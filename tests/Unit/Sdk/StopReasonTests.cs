using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Workers;
using Jobs.Sdk.Hosting;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>SIGTERM does not say why; the run's control item does, when it answers.</summary>
public sealed class StopReasonTests : IDisposable
{
    private readonly HostScenario _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(2, StopCause.Cancelled, StopReason.Cancelled, WorkerExitCodes.Cancelled)]
    [InlineData(2, StopCause.TimedOut, StopReason.TimedOut, WorkerExitCodes.TimedOut)]
    [InlineData(2, StopCause.RunTimedOut, StopReason.TimedOut, WorkerExitCodes.TimedOut)]
    [InlineData(2, StopCause.HeartbeatLost, StopReason.Interrupted, WorkerExitCodes.Interrupted)]
    [InlineData(2, null, StopReason.Interrupted, WorkerExitCodes.Interrupted)]
    [InlineData(3, null, StopReason.Superseded, WorkerExitCodes.Superseded)]
    [InlineData(3, StopCause.Cancelled, StopReason.Superseded, WorkerExitCodes.Superseded)]
    public async Task Job_is_told_what_the_run_says_and_the_exit_code_tells_it_on(
        int launch, StopCause? cause, StopReason expected, int exitCode)
    {
        _host.Stops[_host.Launch.Run] = new RunStop(launch, cause);
        var seen = (StopReason.None, TimeSpan.Zero);

        var exit = await _host.RunAsync(async (job, stop) =>
        {
            _host.SendSigterm();
            await UntilStoppedAsync(stop);
            seen = (job.Interrupted, job.TimeLeft);
            stop.ThrowIfCancellationRequested();
            return "never";
        });

        Assert.Equal((expected, TimeSpan.FromSeconds(60)), seen);
        Assert.Equal(exitCode, exit);
    }

    [Fact]
    public async Task Run_that_cannot_be_read_is_an_interruption()
    {
        _host.StopsPort = new Scripted(_ => throw new HttpRequestException("DynamoDB is away."));

        Assert.Equal((WorkerExitCodes.Interrupted, StopReason.Interrupted), await StopAsync());
    }

    [Fact]
    public async Task Job_is_told_within_a_second_when_dynamodb_does_not_answer_and_that_second_is_not_its_own()
    {
        var asked = new TaskCompletionSource();
        _host.StopsPort = new Scripted(_ =>
        {
            asked.SetResult();
            return new TaskCompletionSource<RunStop?>().Task;
        });
        var seen = (StopReason.None, TimeSpan.Zero);
        var running = _host.RunAsync(async (job, stop) =>
        {
            await UntilStoppedAsync(stop);
            seen = (job.Interrupted, job.TimeLeft);
            stop.ThrowIfCancellationRequested();
            return "never";
        });
        await Eventually.TrueAsync(() => _host.JobRan);
        _host.SendSigterm();
        await asked.Task;

        await _host.Clock.AdvanceAsync(StopNotice.Patience);

        Assert.Equal(WorkerExitCodes.Interrupted, await running);
        Assert.Equal((StopReason.Interrupted, TimeSpan.FromSeconds(60) - StopNotice.Patience), seen);
        Assert.InRange(StopNotice.Patience, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Failure_before_the_reason_is_known_is_a_consequence_of_sigterm()
    {
        var answer = new TaskCompletionSource<RunStop?>();
        _host.StopsPort = new Scripted(_ => answer.Task);
        var running = _host.RunAsync((_, _) =>
        {
            _host.SendSigterm();
            throw new IOException("connection closed");
        });
        await Eventually.TrueAsync(() => _host.JobRan);

        answer.SetResult(new RunStop(2, StopCause.Cancelled));

        Assert.Equal(WorkerExitCodes.Cancelled, await running);
        Assert.Equal("connection closed", _host.Record.Error!.Message);
    }

    [Fact]
    public async Task Time_left_counts_from_the_claim_as_the_timeout_does()
    {
        var seen = TimeSpan.Zero;
        await _host.RunAsync((job, _) =>
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(4));
            seen = job.TimeLeft;
            return Task.FromResult("done");
        });

        Assert.Equal(_host.Record.ClaimedAt + TimeSpan.FromMinutes(10) - _host.Clock.GetUtcNow(), seen);
    }

    [Fact]
    public async Task Job_whose_stop_handler_throws_ends_interrupted_all_the_same()
    {
        var exit = await _host.RunAsync(async (_, stop) =>
        {
            await using var broken = stop.Register(() => throw new InvalidOperationException("a handler of the job"));
            _host.SendSigterm();
            await UntilStoppedAsync(stop);
            stop.ThrowIfCancellationRequested();
            return "never";
        });

        Assert.Equal(WorkerExitCodes.Interrupted, exit);
    }

    private async Task<(int Exit, StopReason Seen)> StopAsync()
    {
        var seen = StopReason.None;
        var exit = await _host.RunAsync(async (job, stop) =>
        {
            _host.SendSigterm();
            await UntilStoppedAsync(stop);
            seen = job.Interrupted;
            stop.ThrowIfCancellationRequested();
            return "never";
        });
        return (exit, seen);
    }

    private static async Task UntilStoppedAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    private sealed class Scripted(Func<RunId, Task<RunStop?>> read) : IRunStops
    {
        public Task<RunStop?> ReadAsync(RunId run, CancellationToken cancellation) => read(run);
    }
}
