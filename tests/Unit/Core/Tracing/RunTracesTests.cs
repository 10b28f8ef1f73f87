using System.Diagnostics;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tracing;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Tracing;

public sealed class RunTracesTests
{
    private const string Sender = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly JobDefinition Job = TestPlane.Job();

    private readonly InMemoryTraces _traces = new();

    [Fact]
    public async Task Run_of_two_attempts_is_one_trace()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        await plane.SubmitAsync(Job);
        var first = plane.Run(Job);
        await plane.DeliverAsync(first, await plane.FailAsync(first));
        plane.Clock.Advance(TimeSpan.FromHours(1));
        await plane.DispatchAsync();
        var second = plane.Run(Job);
        var last = await plane.DeliverAsync(second, await plane.FailAsync(second, retryable: false));

        Assert.Equal(RunState.Failed, last!.State);
        Assert.All(_traces.Spans, span => Assert.Equal(TraceIds.TraceOf(last.Id), span.Context.TraceId));
        Assert.Equal(
            ["launch", "attempt", "launch", "attempt", "run line-count", "alert"],
            _traces.Spans.Select(span => span.Name));
        var root = Only("run line-count");
        Assert.Equal(TraceIds.RootOf(last.Id), root.Context.SpanId);
        Assert.Equal(default, root.Parent);
        Assert.Equal((last.CreatedAt, last.EndedAt), (root.Start, root.End));
        Assert.Equal(last.Verdict!.Sentence, root.Error);
        Assert.Equal("Failed", Attribute(root, "jobs.outcome"));
        Assert.All(_traces.Spans.Except([root]), span => Assert.Equal(root.Context.SpanId, span.Parent));
        Assert.Equal(
            [TraceIds.AttemptOf(first.LaunchId), TraceIds.AttemptOf(second.LaunchId)],
            _traces.Spans.Where(span => span.Name == "attempt").Select(span => span.Context.SpanId));
    }

    [Fact]
    public async Task Attempt_says_what_ecs_did_and_when()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        await plane.SubmitAsync(Job);
        var run = plane.Run(Job);
        var stopped = await plane.SucceedAsync(run) with
        {
            PullStartedAt = plane.Clock.GetUtcNow(),
            StartedAt = plane.Clock.GetUtcNow().AddSeconds(20),
            StoppedAt = plane.Clock.GetUtcNow().AddSeconds(50),
        };
        await plane.DeliverAsync(run, stopped);

        var attempt = Only("attempt");
        Assert.Null(attempt.Error);
        Assert.Equal((run.LaunchedAt, stopped.StoppedAt), (attempt.Start, attempt.End));
        Assert.Equal(stopped.TaskArn, Attribute(attempt, "aws.ecs.task.arn"));
        Assert.Equal("Succeeded", Attribute(attempt, "jobs.verdict"));
        var events = attempt.Events.ToDictionary(one => one.Name, one => one.At);
        Assert.Equal(stopped.PullStartedAt, events["image pull started"]);
        Assert.Equal(stopped.StoppedAt, events["task stopped"]);
        Assert.Null(Only("run line-count").Error);
    }

    [Fact]
    public async Task End_that_arrives_twice_is_exported_once()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        await plane.SubmitAsync(Job);
        var run = plane.Run(Job);
        var stopped = await plane.SucceedAsync(run);
        await plane.DeliverAsync(run, stopped);
        await plane.DeliverAsync(run, stopped);

        Only("attempt");
        Only("run line-count");
    }

    [Fact]
    public async Task Message_and_its_run_continue_the_senders_trace()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        var message = plane.RunTraces!.Begin(TraceText.Parse(Sender));
        await plane.SubmitAsync(Job);
        plane.RunTraces.End(message, "OnCommand", null);
        var run = plane.Run(Job);
        await plane.DeliverAsync(run, await plane.SucceedAsync(run));

        Assert.Equal(Sender, run.Trace);
        var root = Only("run line-count");
        Assert.Equal(TraceText.Parse(Sender)!.Value.SpanId, root.Parent);
        Assert.Equal(TraceIds.RootOf(run.Id), root.Context.SpanId);
        Assert.Equal(root.Context.SpanId, Only("OnCommand process").Parent);
        Assert.All(
            _traces.Spans, span => Assert.Equal(TraceText.Parse(Sender)!.Value.TraceId, span.Context.TraceId));
        Assert.StartsWith($"{Sender[..35]}-", plane.TaskOf(run).Launch.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_that_is_for_no_run_has_no_span()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        plane.RunTraces!.End(plane.RunTraces.Begin(null), "OnUpload", null);
        await plane.SubmitAsync(Job);

        Assert.Equal(["launch"], _traces.Spans.Select(span => span.Name));
    }

    /// <summary>Only the run that the sender asked for is the sender's.</summary>
    [Fact]
    public async Task Second_run_of_a_message_does_not_continue_the_senders_trace()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        plane.RunTraces!.Begin(TraceText.Parse(Sender));
        await plane.SubmitAsync(Job);
        await plane.SubmitAsync(Job, "b");

        Assert.Equal((Sender, null), (plane.Run(Job).Trace, plane.Run(Job, "b").Trace));
    }

    [Fact]
    public async Task Job_that_comes_after_another_is_in_its_trace()
    {
        var next = new JobDefinition("report") { Afters = [new AfterTrigger(Job.Name)] };
        var plane = new TestPlane(Job, next) { Traces = _traces };
        await plane.SubmitAsync(Job);
        var run = plane.Run(Job);
        await plane.DeliverAsync(run, await plane.SucceedAsync(run));

        var follower = plane.Store.Find(Followers.IdOf("report", run.Id))!;
        Assert.Equal(plane.RunTraces!.Context(run), follower.Trace);
        Assert.Equal(TraceIds.TraceOf(run.Id), TraceText.Parse(follower.Trace)!.Value.TraceId);
    }

    [Fact]
    public async Task Items_of_an_array_are_in_its_trace()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        var array = RunId.From(Job.Name, "array");
        plane.Items["items"] = "{}\n{}\n";
        await plane.Engine.SubmitArrayAsync(
            new RunRequest(array, "array of 2", "{}"), Job, new ArrayWork("items", 2, 2), CancellationToken.None);

        var child = plane.Store.Find(ChildRun.IdOf(Job.Name, array, 1))!;
        Assert.Equal(TraceIds.TraceOf(array), TraceText.Parse(child.Trace)!.Value.TraceId);
        Assert.Equal(TraceIds.RootOf(array), TraceText.Parse(child.Trace)!.Value.SpanId);
    }

    [Fact]
    public async Task Run_that_is_skipped_is_a_span_of_its_own()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        var id = TestPlane.IdOf(Job);
        var request = new RunRequest(id, "schedule", "{}");
        await plane.Engine.SkipAsync(request, Job, "The one before runs.", "", default);
        await plane.Engine.SkipAsync(request, Job, "The one before runs.", "", default);

        Assert.Equal("Skipped", Attribute(Only("run line-count"), "jobs.outcome"));
    }

    [Fact]
    public async Task Refused_launch_says_why()
    {
        var plane = new TestPlane(Job) { Traces = _traces };
        plane.Tasks.RefuseNext(RefusalVerdicts.Classify("AccessDeniedException", "No iam:PassRole."));
        await plane.SubmitAsync(Job);

        Assert.NotNull(Only("launch").Error);
        Assert.Equal(ActivityKind.Client, Only("launch").Kind);
    }

    [Fact]
    public async Task Nothing_is_exported_of_a_trace_that_is_not_sampled()
    {
        var traces = new InMemoryTraces { Sampling = TraceSampling.Parse("always_off", null) };
        var plane = new TestPlane(Job) { Traces = traces };
        await plane.SubmitAsync(Job);
        var run = plane.Run(Job);
        await plane.DeliverAsync(run, await plane.FailAsync(run, retryable: false));

        Assert.Empty(traces.Spans);
        Assert.EndsWith("-00", plane.TaskOf(run).Launch.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_tracing_neither_run_nor_task_knows_of_it()
    {
        var plane = new TestPlane(Job);
        await plane.Engine.SubmitAsync(
            new RunRequest(TestPlane.IdOf(Job), "manual", "{}") { Trace = Sender }, Job, CancellationToken.None);

        Assert.Null(plane.Run(Job).Trace);
        Assert.Null(plane.TaskOf(plane.Run(Job)).Launch.Trace);
    }

    private TraceSpan Only(string name) => Assert.Single(_traces.Spans, span => span.Name == name);

    private static object? Attribute(TraceSpan span, string name) =>
        span.Attributes.Single(attribute => attribute.Key == name).Value;
}
