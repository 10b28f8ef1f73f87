using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

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

        var key = $"_jobs/results/scripted-job/{_host.Launch.Run.Key}/2.json";
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
    public async Task Superseded_task_does_not_overwrite_the_large_result_of_a_later_launch()
    {
        var later = new LaunchId(_host.Launch.Run, 3);
        var exit = await _host.RunAsync(async (_, _) =>
        {
            await _host.Records.ClaimAsync(later, "later", _host.Clock.GetUtcNow(), CancellationToken.None);
            _host.Objects.Put(HostScenario.Bucket, Names.LargeResult(later), "theirs"u8.ToArray());
            return new string('x', 32 * 1_024);
        });

        Assert.Equal(WorkerExitCodes.Superseded, exit);
        Assert.Equal("theirs"u8.ToArray(), _host.Objects.Read(HostScenario.Bucket, Names.LargeResult(later)));
    }

    [Fact]
    public async Task Large_result_without_a_bucket_is_said_in_the_record()
    {
        _host.Variables.Remove(EnvironmentNames.Bucket);

        Assert.Equal(
            WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult(new string('x', 32 * 1_024))));

        Assert.Contains(
            "needs a bucket, but JOBS_BUCKET is not set", _host.Record.Error!.Message, StringComparison.Ordinal);
        Assert.NotEmpty(_host.Record.LogTail);
    }

    [Fact]
    public async Task Unknown_job_is_recorded_with_the_name_that_was_probably_meant()
    {
        var run = RunId.From("scriptd-job", "one");
        (_host.Variables[EnvironmentNames.Job], _host.Variables[EnvironmentNames.RunId]) = (run.Job, run.ToString());

        Assert.Equal(WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        var error = _host.Records.Find(run)!.Error!;
        Assert.StartsWith(
            "There is no job 'scriptd-job' in this image; did you mean 'scripted-job'? It has: ",
            error.Message,
            StringComparison.Ordinal);
        Assert.False(error.Retryable);
    }

    [Fact]
    public async Task Run_without_input_is_recorded()
    {
        var run = RunId.From("scripted-job", "another");
        _host.Variables[EnvironmentNames.RunId] = run.ToString();

        Assert.Equal(WorkerExitCodes.HostFailed, await _host.RunAsync((_, _) => Task.FromResult("never")));

        Assert.Contains(
            "has no input in the Runs table", _host.Records.Find(run)!.Error!.Message, StringComparison.Ordinal);
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
    [InlineData(EnvironmentNames.Job, null,
        "The environment variable JOBS_JOB is not set; the task definition sets it.")]
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
}
