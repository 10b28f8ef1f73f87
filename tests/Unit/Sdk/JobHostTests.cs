using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Microsoft.Extensions.Logging;

namespace Jobs.Tests.Unit.Sdk;

public sealed class JobHostTests : IDisposable
{
    private readonly HostScenario _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Short_job_costs_a_claim_and_a_completion_and_exits_with_its_result_recorded()
    {
        var exit = await _host.RunAsync([], async (upload, job, stop) =>
        {
            using var text = new StreamReader(await job.OpenAsync(upload, stop));
            return new($"{job.Run} launch {job.Launch}: {await text.ReadToEndAsync(stop)}");
        });

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        Assert.Equal(["ClaimAsync", "CompleteAsync"], _host.Records.Calls);
        Assert.Equal($$"""{"text":"{{_host.Launch.Run}} launch 2: h\n1\n"}""", _host.Record.ResultJson);
        Assert.Equal((2, HostScenario.Task), (_host.Record.Launch, _host.Record.TaskArn));
        Assert.Null(_host.Record.Error);
    }

    [Theory]
    [InlineData(2, "another task")]
    [InlineData(3, HostScenario.Task)]
    public async Task Launch_that_is_claimed_elsewhere_exits_superseded_before_any_user_code(int launch, string task)
    {
        var other = new LaunchId(_host.Launch.Run, launch);
        await _host.Records.ClaimAsync(other, task, _host.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Equal(WorkerExitCodes.Superseded, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.False(_host.JobRan);
        Assert.False(_host.Record.HasResult);
    }

    [Fact]
    public async Task Claim_whose_answer_was_lost_is_repeated_and_clears_what_an_earlier_launch_left()
    {
        var first = new LaunchId(_host.Launch.Run, 1);
        await _host.Records.ClaimAsync(first, "first", _host.Clock.GetUtcNow(), CancellationToken.None);
        await _host.Records.CompleteAsync(
            first, _host.Clock.GetUtcNow(), new WorkerOutcome(64)
            {
                Error = new WorkerError("T", "old", null, true),
            }, CancellationToken.None);
        await _host.Records.ClaimAsync(
            _host.Launch, HostScenario.Task, _host.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Equal(WorkerExitCodes.Succeeded, await _host.RunAsync((_, _) => Task.FromResult("new")));

        Assert.Null(_host.Record.Error);
    }

    [Fact]
    public async Task Job_that_says_the_input_can_never_succeed_is_recorded_as_not_retryable()
    {
        var exit = await _host.RunAsync((_, _) => throw new JobFailedException("The file is empty."));

        Assert.Equal(WorkerExitCodes.JobFailed, exit);
        Assert.Equal(("Jobs.JobFailedException", "The file is empty.", false), Summary(_host.Record.Error));
        Assert.Contains("JobHostTests", _host.Record.Error!.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_other_exception_is_recorded_as_retryable_within_the_limits_of_a_record()
    {
        var exit = await _host.RunAsync((_, _) => throw new InvalidOperationException(new string('x', 20_000)));

        Assert.Equal(WorkerExitCodes.JobFailed, exit);
        var error = _host.Record.Error!;
        Assert.Equal(("System.InvalidOperationException", true), (error.Type, error.Retryable));
        Assert.Equal((4_096, 8_192), (error.Message.Length, error.Stack!.Length));
    }

    [Fact]
    public async Task Object_that_is_gone_is_not_retried()
    {
        _host.Objects.Remove(HostScenario.Bucket, _host.Upload.Key);

        Assert.Equal(
            WorkerExitCodes.JobFailed,
            await _host.RunAsync(async (job, stop) => $"{await job.OpenAsync(_host.Upload, stop)}"));

        Assert.False(_host.Record.Error!.Retryable);
    }

    [Fact]
    public async Task Own_cancellation_without_a_stop_is_a_failure_like_any_other()
    {
        Assert.Equal(
            WorkerExitCodes.JobFailed, await _host.RunAsync((_, _) => throw new TaskCanceledException("http timeout")));
        Assert.True(_host.Record.Error!.Retryable);
    }

    [Fact]
    public async Task Job_that_ends_because_of_sigterm_exits_interrupted_and_knows_why_and_how_long()
    {
        var seen = (StopReason.None, TimeSpan.Zero);
        var exit = await _host.RunAsync(async (job, stop) =>
        {
            job.Logger.LogInformation("at the checkpoint");
            _host.SendSigterm();
            seen = (job.Interrupted, job.TimeLeft);
            await Task.Delay(Timeout.InfiniteTimeSpan, _host.Clock, stop);
            return "never";
        });

        Assert.Equal(WorkerExitCodes.Interrupted, exit);
        Assert.Equal((StopReason.Interrupted, TimeSpan.FromSeconds(60)), seen);
        Assert.False(_host.Record.HasResult);
        Assert.Null(_host.Record.Error);
        Assert.Contains(
            _host.Record.LogTail, line => line.EndsWith("info at the checkpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sigterm_after_the_timeout_is_the_timeouts()
    {
        var seen = StopReason.None;
        var exit = await _host.RunAsync((job, stop) =>
        {
            _host.Clock.Advance(job.TimeLeft);
            _host.SendSigterm();
            seen = job.Interrupted;
            stop.ThrowIfCancellationRequested();
            return Task.FromResult("never");
        });

        Assert.Equal((WorkerExitCodes.TimedOut, StopReason.TimedOut), (exit, seen));
    }

    [Fact]
    public async Task Result_of_a_job_that_finished_in_spite_of_sigterm_counts()
    {
        var exit = await _host.RunAsync((_, _) =>
        {
            _host.SendSigterm();
            return Task.FromResult("done");
        });

        Assert.Equal((WorkerExitCodes.Succeeded, """{"text":"done"}"""), (exit, _host.Record.ResultJson));
    }

    [Fact]
    public async Task Whatever_a_job_throws_after_sigterm_is_a_consequence_of_it()
    {
        var exit = await _host.RunAsync((_, _) =>
        {
            _host.SendSigterm();
            throw new IOException("connection closed");
        });

        Assert.Equal(WorkerExitCodes.Interrupted, exit);
        Assert.Equal(("System.IO.IOException", "connection closed", true), Summary(_host.Record.Error));
    }

    [Fact]
    public async Task Sigterm_before_the_job_began_ends_the_attempt_without_it()
    {
        _host.SendSigterm();

        Assert.Equal(WorkerExitCodes.Interrupted, await _host.RunAsync((_, _) => Task.FromResult("never")));
        Assert.False(_host.JobRan);
    }

    [Fact]
    public async Task Job_that_ignores_stop_is_left_behind_in_time_to_record_it()
    {
        var never = new TaskCompletionSource<string>();
        var running = _host.RunAsync((_, _) => never.Task);
        await Eventually.TrueAsync(() => _host.JobRan);
        var armed = _host.Clock.ArmedTimers;
        _host.SendSigterm();
        await Eventually.TrueAsync(() => _host.Clock.ArmedTimers > armed);

        _host.Clock.Advance(TimeSpan.FromSeconds(55));

        Assert.Equal(WorkerExitCodes.Interrupted, await running);
        Assert.StartsWith("The job did not end in time", _host.Record.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_a_later_launch_took_over_stops_its_job_and_records_nothing()
    {
        var seen = StopReason.None;
        var running = _host.RunAsync(async (job, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop)
                .ContinueWith(_ => seen = job.Interrupted, TaskScheduler.Default);
            return "too late";
        });
        await Eventually.TrueAsync(() => _host.JobRan);
        var later = new LaunchId(_host.Launch.Run, 3);
        await _host.Records.ClaimAsync(later, "later", _host.Clock.GetUtcNow(), CancellationToken.None);

        await _host.Clock.AdvanceAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(WorkerExitCodes.Superseded, await running);
        Assert.Equal(StopReason.Superseded, seen);
        Assert.Equal((3, false), (_host.Record.Launch, _host.Record.HasResult));
    }

    private static (string, string, bool) Summary(WorkerError? error) => (error!.Type, error.Message, error.Retryable);
}
