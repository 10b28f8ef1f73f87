using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Objects;
using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Jobs.Sdk.Hosting;
using Jobs.Sdk.Reporting;

namespace Jobs.Tests.Unit.Sdk;

/// <summary>
/// An outage of AWS that meets the host, or the job's context, is waited out, and then is not the job's failure.
/// </summary>
public sealed class OutageTests : IDisposable
{
    private readonly HostScenario _host = new();
    private readonly FlakyRecords _records;
    private readonly DateTimeOffset _began;

    public OutageTests()
    {
        _records = new FlakyRecords(_host.Records);
        _host.Ports = _records;
        _began = _host.Clock.GetUtcNow();
    }

    public static TheoryData<string> Passing =>
        ["no route", "timeout", "500", "throttled", "no credentials", "denied", "unknown credentials"];

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Claim_is_asked_again_until_it_is_answered_and_the_jobs_time_begins_then(string what)
    {
        FailFor("ClaimAsync", TimeSpan.FromSeconds(60), what);

        Assert.Equal(
            WorkerExitCodes.Succeeded, await _host.EndAsync(_host.RunAsync((_, _) => Task.FromResult("done"))));

        Assert.True(_host.Record.ClaimedAt >= _began + TimeSpan.FromSeconds(60));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Claim_that_is_never_answered_ends_the_task_within_minutes_without_user_code(string what)
    {
        FailFor("ClaimAsync", TimeSpan.MaxValue, what);

        Assert.Equal(
            WorkerExitCodes.AwsUnavailable, await _host.EndAsync(_host.RunAsync((_, _) => Task.FromResult("never"))));

        Assert.InRange(_host.Clock.GetUtcNow() - _began, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(180));
        Assert.Contains("could not be claimed in the Results table: ", _host.Error, StringComparison.Ordinal);
        Assert.False(_host.JobRan);
    }

    [Fact]
    public async Task Refusal_that_does_not_pass_is_the_hosts_failure_at_once()
    {
        FailFor("ClaimAsync", TimeSpan.MaxValue, "no table");

        Assert.Equal(WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.Equal(1, _records.Failures);
    }

    [Fact]
    public async Task Sigterm_ends_the_waiting()
    {
        FailFor("ClaimAsync", TimeSpan.MaxValue, "no route");
        var running = _host.RunAsync((_, _) => Task.FromResult("never"));
        await _host.Clock.TimerWithinAsync(TimeSpan.FromSeconds(1));

        _host.SendSigterm();

        Assert.Equal(WorkerExitCodes.Interrupted, await running);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Input_is_asked_for_again(string what)
    {
        _host.InputsPort = new FlakyInputs(_host.Inputs, () => FaultUntil(_began + TimeSpan.FromSeconds(60), what));

        Assert.Equal(
            WorkerExitCodes.Succeeded, await _host.EndAsync(_host.RunAsync((_, _) => Task.FromResult("done"))));
    }

    [Fact]
    public async Task Input_that_is_never_answered_is_recorded_as_an_outage_and_the_worker_shows_life_meanwhile()
    {
        var silence = TimeSpan.Zero;
        _host.InputsPort = new FlakyInputs(_host.Inputs, () =>
        {
            var now = _host.Clock.GetUtcNow();
            silence = now - (_host.Record.HeartbeatAt ?? _host.Record.ClaimedAt);
            return Fault("no route");
        });

        Assert.Equal(
            WorkerExitCodes.AwsUnavailable, await _host.EndAsync(_host.RunAsync((_, _) => Task.FromResult("never"))));

        Assert.Contains("The input of run", _host.Record.Error!.Message, StringComparison.Ordinal);
        Assert.True(_host.Record.Error.Retryable);
        Assert.True(silence < TimeSpan.FromSeconds(60), $"Silent for {silence}.");
        Assert.False(_host.JobRan);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("save")]
    [InlineData("children")]
    [InlineData("submit")]
    public async Task Call_of_the_context_that_is_never_answered_is_not_the_jobs_failure(string call)
    {
        _records.Fault = name => name.Contains("Checkpoint", StringComparison.Ordinal) ? Fault("no route") : null;
        _host.ChildrenPort = new FlakyChildren(_host.RunChildren, () => Fault("500"));

        var exit = await _host.EndAsync(_host.RunAsync(async (job, stop) =>
        {
            await CallAsync(call, job, stop);
            return "never";
        }));

        Assert.Equal(WorkerExitCodes.AwsUnavailable, exit);
        Assert.Equal("Jobs.Core.Workers.AwsUnavailableException", _host.Record.Error!.Type);
        Assert.Contains("OutageTests", _host.Record.Error.Stack, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("save")]
    [InlineData("children")]
    [InlineData("submit")]
    public async Task Call_of_the_context_is_asked_again(string call)
    {
        var until = _began + TimeSpan.FromSeconds(90);
        _records.Fault = name =>
            name.Contains("Checkpoint", StringComparison.Ordinal) ? FaultUntil(until, "throttled") : null;
        _host.ChildrenPort = new FlakyChildren(_host.RunChildren, () => FaultUntil(until, "500"));

        var exit = await _host.EndAsync(_host.RunAsync(async (job, stop) =>
        {
            await CallAsync(call, job, stop);
            return "done";
        }));

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
    }

    [Fact]
    public async Task Outage_that_a_reader_has_wrapped_is_still_an_outage()
    {
        var exit = await _host.RunAsync(
            (_, _) =>
                throw new FormatException("Row 7.", new AwsUnavailableException("s3://b/k", new IOException("reset"))));

        Assert.Equal(WorkerExitCodes.AwsUnavailable, exit);
    }

    [Fact]
    public async Task What_the_job_says_itself_outweighs_the_outage()
    {
        var exit = await _host.RunAsync(
            (_, _) =>
                throw new JobFailedException("No.", new AwsUnavailableException("s3://b/k", new IOException("reset"))));

        Assert.Equal(WorkerExitCodes.JobFailed, exit);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_the_jobs_own_clients_throw_is_the_jobs(string what)
    {
        Assert.Equal(WorkerExitCodes.JobFailed, await _host.RunAsync((_, _) => throw Fault(what)));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task End_is_recorded_as_soon_as_it_can_be(string what)
    {
        var until = DateTimeOffset.MaxValue;
        _records.Fault = call =>
        {
            if (call != "CompleteAsync") return null;
            if (until == DateTimeOffset.MaxValue) until = _host.Clock.GetUtcNow() + TimeSpan.FromSeconds(60);
            return FaultUntil(until, what);
        };

        Assert.Equal(
            WorkerExitCodes.Succeeded, await _host.EndAsync(_host.RunAsync((_, _) => Task.FromResult("done"))));

        Assert.Equal("""{"text":"done"}""", _host.Record.ResultJson);
    }

    [Fact]
    public async Task End_that_cannot_be_recorded_is_an_outage_and_no_success()
    {
        FailFor("CompleteAsync", TimeSpan.MaxValue, "no route");

        Assert.Equal(
            WorkerExitCodes.AwsUnavailable, await _host.EndAsync(_host.RunAsync((_, _) => Task.FromResult("done"))));

        Assert.StartsWith(
            "jobs: The job ended with exit code 0, but that could not be recorded: ",
            _host.Error,
            StringComparison.Ordinal);
        Assert.InRange(_host.Clock.GetUtcNow() - _began, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(180));
    }

    [Fact]
    public async Task Failure_that_cannot_be_recorded_is_an_outage_too()
    {
        FailFor("CompleteAsync", TimeSpan.MaxValue, "no route");

        Assert.Equal(
            WorkerExitCodes.AwsUnavailable,
            await _host.EndAsync(_host.RunAsync((_, _) => throw new JobFailedException("No."))));
    }

    [Fact]
    public async Task Large_result_that_s3_does_not_take_leaves_its_reason_in_the_record()
    {
        _host.ObjectsPort = new ClosedObjects();

        Assert.Equal(
            WorkerExitCodes.AwsUnavailable,
            await _host.EndAsync(_host.RunAsync((_, _) => Task.FromResult(new string('x', 40_000)))));

        Assert.Contains("could not be recorded", _host.Record.Error!.Message, StringComparison.Ordinal);
        Assert.Contains(_host.Record.LogTail, line => line.Contains("could not be recorded", StringComparison.Ordinal));
        Assert.False(_host.Record.HasResult);
    }

    [Fact]
    public async Task Worker_without_a_name_claims_nothing_and_runs_no_job()
    {
        _host.Metadata = new NoMetadata();

        Assert.Equal(WorkerExitCodes.Unnamed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.Equal("jobs: ECS does not say.\n", _host.Error);
        Assert.Empty(_host.Records.Calls);
        Assert.False(_host.JobRan);
    }

    [Fact]
    public async Task Unexpected_failure_of_the_host_is_recorded_with_its_stack()
    {
        _host.InputsPort = new FlakyInputs(_host.Inputs, () => throw new InvalidCastException("surprise"));

        Assert.Equal(WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.Contains("surprise", _host.Record.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("InvalidCastException", _host.Record.Error.Stack, StringComparison.Ordinal);
        Assert.NotEmpty(_host.Record.LogTail);
    }

    private static Task CallAsync(string call, JobContext job, CancellationToken stop) => call switch
    {
        "checkpoint" => job.ReadCheckpointAsync<int>(stop),
        "save" => job.SaveCheckpointAsync(1, stop),
        "children" => job.ChildrenAsync(stop),
        _ => job.SubmitAsync<ScriptedJob>([new Upload("b", "k")], stop),
    };

    private void FailFor(string call, TimeSpan time, string what)
    {
        var until = time == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : _began + time;
        _records.Fault = name => name == call ? FaultUntil(until, what) : null;
    }

    private Exception? FaultUntil(DateTimeOffset until, string what) =>
        _host.Clock.GetUtcNow() < until ? Fault(what) : null;

    private static Exception Fault(string what) => what switch
    {
        "no route" => new HttpRequestException("DynamoDB is away."),
        "timeout" => new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout."),
        "500" => Service(HttpStatusCode.InternalServerError, "InternalServerError"),
        "throttled" => Service(HttpStatusCode.BadRequest, "ProvisionedThroughputExceededException"),
        "no credentials" => new AmazonClientException("Unable to get IAM security credentials."),
        "denied" => Service(HttpStatusCode.BadRequest, "AccessDeniedException"),
        "unknown credentials" => Service(HttpStatusCode.BadRequest, "UnrecognizedClientException"),
        _ => Service(HttpStatusCode.BadRequest, "ResourceNotFoundException"),
    };

    private static AmazonDynamoDBException Service(HttpStatusCode status, string code) =>
        new(code) { StatusCode = status, ErrorCode = code };

    private sealed class FlakyInputs(IRunInputs inner, Func<Exception?> fault) : IRunInputs
    {
        public Task<RunInput?> ReadAsync(RunId run, CancellationToken cancellation) =>
            fault() is { } thrown ? Task.FromException<RunInput?>(thrown) : inner.ReadAsync(run, cancellation);
    }

    private sealed class FlakyChildren(IWorkerChildren inner, Func<Exception?> fault) : IWorkerChildren
    {
        public Task SendAsync(IReadOnlyList<string> bodies, CancellationToken cancellation) =>
            fault() is { } thrown ? Task.FromException(thrown) : inner.SendAsync(bodies, cancellation);

        public Task<int> AwaitedAsync(RunId run, CancellationToken cancellation) =>
            fault() is { } thrown ? Task.FromException<int>(thrown) : inner.AwaitedAsync(run, cancellation);

        public Task<IReadOnlyList<ChildRun>> ChildrenAsync(RunId run, CancellationToken cancellation) =>
            inner.ChildrenAsync(run, cancellation);

        public Task<(string? Json, string? Key)> ResultAsync(RunId child, CancellationToken cancellation) =>
            inner.ResultAsync(child, cancellation);
    }

    private sealed class ClosedObjects : IObjects
    {
        public Task<Stream> OpenAsync(
            string bucket, string key, string? versionId, string? eTag, CancellationToken cancellation) =>
            Task.FromException<Stream>(Fault("no route"));

        public Task WriteAsync(
            string bucket, string key, Stream content, string? contentType, CancellationToken cancellation) =>
            Task.FromException(Fault("no route"));

        public IAsyncEnumerable<ListedObject> ListAsync(string bucket, string prefix, CancellationToken cancellation) =>
            throw Fault("no route");
    }

    private sealed class NoMetadata : ITaskMetadata
    {
        public Task<string> TaskArnAsync(CancellationToken cancellation) =>
            Task.FromException<string>(
                new HostFailedException("ECS does not say.") { ExitCode = WorkerExitCodes.Unnamed });
    }
}
