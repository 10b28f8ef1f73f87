using System.Text.Json;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Sdk.Ground;

namespace Jobs.Tests.Unit.Sdk;

public sealed class AfterTests
{
    [Fact]
    public void Job_after_another_takes_its_result_or_its_ending()
    {
        Assert.Equal([new AfterTrigger("first")], JobDefinitions.From(typeof(TakesResult)).Afters);
        Assert.Equal(
            [new AfterTrigger("first", AfterOutcome.Always) { TakesEnding = true }],
            JobDefinitions.From(typeof(TakesEnding)).Afters);
        Assert.Equal(
            [new AfterTrigger("nightly-etl") { TakesEnding = true }], JobDefinitions.From(typeof(AfterImage)).Afters);
    }

    [Theory]
    [InlineData(typeof(WrongResult), "after 'first' on Success the job gets Counted, or Ended<Counted> (declared: a " +
        "job that takes Upload)")]
    [InlineData(typeof(WrongEnding), "after 'first' on Failure the job gets Ended<Counted> (declared: a job that " +
        "takes Counted)")]
    [InlineData(typeof(WrongName), "after 'nightly-etl' on Success the job gets Ended<…> (declared: a job that takes " +
        "Counted)")]
    public void Job_that_takes_something_else_fails_synthesis(Type type, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<JobDeclarationException>(() => JobDefinitions.From(type)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Ending_as_the_functions_write_it_is_what_the_job_gets()
    {
        var reading = new RunReading(
            Core.Runs.Sample.In(RunState.TimedOut),
            Core.Runs.Sample.Record(3, Core.Runs.Sample.Task1, """{"lines":7}"""));

        Assert.Equal(
            new Ended<Counted>(reading.Run.Id.ToString(), RunState.TimedOut, null, "The run is TimedOut."),
            JsonSerializer.Deserialize<Ended<Counted>>(EndingJson.Write(reading), JobJson.Options));
        Assert.Equal(
            new Ended<Counted>(reading.Run.Id.ToString(), RunState.Succeeded, new Counted(7)),
            JsonSerializer.Deserialize<Ended<Counted>>(
                EndingJson.Write(reading with { Run = Core.Runs.Sample.In(RunState.Succeeded) }), JobJson.Options));
    }

    public sealed record Counted(int Lines);

    public abstract class Job<TInput, TResult> : IJob<TInput, TResult>
    {
        public Task<TResult> RunAsync(TInput input, JobContext job, CancellationToken stop) =>
            Task.FromException<TResult>(new NotSupportedException());
    }

    [Job(Name = "first")]
    public sealed class First : Job<Upload, Counted>;

    [After<First>]
    public sealed class TakesResult : Job<Counted, int>;

    [After<First>(On = AfterOutcome.Always)]
    public sealed class TakesEnding : Job<Ended<Counted>, int>;

    [After("nightly-etl")]
    public sealed class AfterImage : Job<Ended<JsonElement?>, int>;

    [After<First>]
    public sealed class WrongResult : Job<Upload, int>;

    [After<First>(On = AfterOutcome.Failure)]
    public sealed class WrongEnding : Job<Counted, int>;

    [After("nightly-etl")]
    public sealed class WrongName : Job<Counted, int>;
}
