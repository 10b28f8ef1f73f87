using Jobs.Core;
using Jobs.Core.Ports;
using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>What is the host's fault, the image's or the stack's, and results that are hard to record.</summary>
public sealed class JobHostFailureTests : IDisposable
{
    private readonly HostScenario _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Result_above_32_kb_goes_to_s3_by_reference()
    {
        var exit = await _host.RunAsync((_, _) => Task.FromResult(new string('x', 32 * 1_024)));

        var key = $"_jobs/results/scripted-job/{_host.Launch.Run.Key}.json";
        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        Assert.Equal((null, key), (_host.Record.ResultJson, _host.Record.ResultKey));
        Assert.Equal((32 * 1_024) + """{"text":""}""".Length, _host.Objects.Read(HostScenario.Bucket, key)!.Length);
    }

    [Fact]
    public async Task Result_of_32_kb_lies_in_the_record()
    {
        await _host.RunAsync((_, _) => Task.FromResult(new string('x', (32 * 1_024) - """{"text":""}""".Length)));
        Assert.Equal(32 * 1_024, _host.Record.ResultJson!.Length);
    }

    [Fact]
    public async Task Result_is_written_again_when_dynamodb_does_not_answer()
    {
        _host.Ports = new Flaky(_host.Records, failures: 3);
        var running = _host.RunAsync((_, _) => Task.FromResult("done"));
        await Eventually.TrueAsync(() => EndsAfterAnotherSecond(running));

        Assert.Equal(WorkerExitCodes.Succeeded, await running);
        Assert.Equal("""{"text":"done"}""", _host.Record.ResultJson);
    }

    [Fact]
    public async Task Result_that_cannot_be_recorded_is_no_success()
    {
        _host.Ports = new Flaky(_host.Records, failures: int.MaxValue);
        var running = _host.RunAsync((_, _) => Task.FromResult("done"));
        await Eventually.TrueAsync(() => EndsAfterAnotherSecond(running));

        Assert.Equal(WorkerExitCodes.HostFailed, await running);
        Assert.Equal("jobs: The job ended with exit code 0, but that could not be recorded: DynamoDB is away.\n", _host.Error);
    }

    [Fact]
    public async Task Unknown_job_is_recorded_with_the_name_that_was_probably_meant()
    {
        var run = RunId.From("scriptd-job", "one");
        (_host.Variables[EnvironmentNames.Job], _host.Variables[EnvironmentNames.RunId]) = (run.Job, run.ToString());

        Assert.Equal(WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        var error = _host.Records.Find(run)!.Error!;
        Assert.StartsWith("There is no job 'scriptd-job' in this image; did you mean 'scripted-job'? It has: ", error.Message, StringComparison.Ordinal);
        Assert.False(error.Retryable);
    }

    [Fact]
    public async Task Run_without_input_is_recorded()
    {
        var run = RunId.From("scripted-job", "another");
        _host.Variables[EnvironmentNames.RunId] = run.ToString();

        Assert.Equal(WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.Contains("has no input in the Runs table", _host.Records.Find(run)!.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"bucket":"b"}""", "The input of scripted-job is not a Upload: ")]
    [InlineData("null", "The input of scripted-job is null.")]
    [InlineData("{", "The input of scripted-job is not a Upload: ")]
    public async Task Input_of_another_shape_is_not_retried(string input, string message)
    {
        _host.Inputs[_host.Launch.Run] = input;

        Assert.Equal(WorkerExitCodes.JobFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.StartsWith(message, _host.Record.Error!.Message, StringComparison.Ordinal);
        Assert.False(_host.Record.Error.Retryable);
    }

    [Theory]
    [InlineData(EnvironmentNames.Job, null, "The environment variable JOBS_JOB is not set; the task definition sets it.")]
    [InlineData(EnvironmentNames.RunId, "x", "JOBS_RUN_ID: 'x' is not a run id.")]
    [InlineData(EnvironmentNames.Launch, "0", "JOBS_LAUNCH is '0', but a launch is a number from 1.")]
    [InlineData(EnvironmentNames.Job, "other", " is not of job 'other'.")]
    public async Task Wrong_environment_is_said_on_stderr(string name, string? value, string message)
    {
        if (value is null) _host.Variables.Remove(name);
        else _host.Variables[name] = value;

        Assert.Equal(WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.Contains(message, _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_dynamodb_at_the_claim_is_said_on_stderr()
    {
        _host.Ports = new Flaky(_host.Records, failures: 1) { AtClaim = true };

        Assert.Equal(WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.Contains("could not be claimed in the Results table: DynamoDB is away.", _host.Error, StringComparison.Ordinal);
        Assert.False(_host.JobRan);
    }

    private bool EndsAfterAnotherSecond(Task running)
    {
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        return running.IsCompleted;
    }

    private sealed class Flaky(IWorkerRecords inner, int failures) : IWorkerRecords
    {
        private int _left = failures;

        public bool AtClaim { get; init; }

        public Task<bool> ClaimAsync(LaunchId launch, string taskArn, DateTimeOffset at, CancellationToken cancellation)
        {
            if (AtClaim) Fail();
            return inner.ClaimAsync(launch, taskArn, at, cancellation);
        }

        public Task<bool> HeartbeatAsync(LaunchId launch, DateTimeOffset at, WorkerProgress? progress, CancellationToken cancellation) =>
            inner.HeartbeatAsync(launch, at, progress, cancellation);

        public Task<bool> SaveCheckpointAsync(LaunchId launch, string json, CancellationToken cancellation) =>
            inner.SaveCheckpointAsync(launch, json, cancellation);

        public Task<string?> ReadCheckpointAsync(RunId run, CancellationToken cancellation) => inner.ReadCheckpointAsync(run, cancellation);

        public Task<bool> CompleteAsync(LaunchId launch, DateTimeOffset at, WorkerOutcome outcome, CancellationToken cancellation)
        {
            Fail();
            return inner.CompleteAsync(launch, at, outcome, cancellation);
        }

        private void Fail()
        {
            if (_left-- > 0) throw new HttpRequestException("DynamoDB is away.");
        }
    }
}
