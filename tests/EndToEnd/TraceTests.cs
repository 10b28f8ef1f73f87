using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tracing;
using Jobs.Tests.Otlp;

namespace Jobs.Tests.EndToEnd;

/// <summary>What a collector sees of a run, from the function that took the event to its end and alert.</summary>
public sealed class TraceTests(TracedLaptop stack) : IClassFixture<TracedLaptop>
{
    [Fact]
    public async Task Run_that_fails_twice_is_one_trace_with_all_its_steps()
    {
        var calls = new Uri(stack.Receiver.Endpoint, "prices");
        var run = await stack.UploadAsync("traced", "traced/fails", calls.ToString());
        await stack.UntilAsync(run, RunState.Failed);
        var spans = await TraceAsync(
            TraceIds.TraceOf(run).ToHexString(),
            ["run traced", "alert", "launch", "attempt", "record", "launch", "attempt", "record"]);

        var root = Only(spans, "run traced");
        Assert.Equal((TraceIds.RootOf(run).ToHexString(), ""), (root.Span, root.Parent));
        Assert.Equal(("Failed", "JobFailed"), (root.Attributes["jobs.outcome"], root.Attributes["jobs.verdict"]));
        Assert.NotNull(root.Error);
        foreach (var launch in (int[])[1, 2])
        {
            var attempt = Only(spans, AttemptOf(run, launch));
            Assert.Equal(("attempt", root.Span), (attempt.Name, attempt.Parent));
            Assert.Contains("containers started", attempt.Events);
            var steps = spans.Where(span => span.Parent == attempt.Span).OrderBy(span => span.Start).ToList();
            Assert.Equal(["claim", "read input", "job traced", "record"], steps.Select(step => step.Name));
            var own = Only(spans.Where(span => span.Parent == steps[2].Span), "price orders");
            var call = Only(spans.Where(span => span.Parent == own.Span), "GET");
            Assert.Contains($"00-{call.Trace}-{call.Span}-01", stack.Receiver.Callers);
            Assert.Equal("There are no prices.", steps[2].Error);
        }

        Assert.Equal(2, spans.Count(span => span.Name == "launch" && span.Parent == root.Span));
        Assert.Equal(root.Span, Only(spans, "alert").Parent);
        Assert.Contains(spans, span => span.Attributes.GetValueOrDefault("faas.trigger") == "pubsub");
    }

    [Fact]
    public async Task Child_is_in_its_parents_trace_below_the_step_that_submitted_it()
    {
        var run = await stack.UploadAsync("traced", "traced/parent", "parent");
        await stack.UntilAsync(run, RunState.Succeeded);
        var child = ChildRun.IdOf("traced-part", run, 0);
        var spans = await TraceAsync(
            TraceIds.TraceOf(run).ToHexString(),
            ["run traced", "job traced", "run traced-part", "attempt", "attempt", "attempt"]);

        var ended = Only(spans, "run traced-part");
        var submitted = Only(spans.Where(span => span.Parent == AttemptSpan(run, 1)), "job traced");
        Assert.Equal((TraceIds.RootOf(child).ToHexString(), submitted.Span), (ended.Span, ended.Parent));
        Assert.Equal(ended.Span, Only(spans, AttemptOf(child, 1)).Parent);
        Assert.DoesNotContain(stack.Receiver.Spans, span => span.Trace == TraceIds.TraceOf(child).ToHexString());
    }

    /// <summary>
    /// All of a trace, once so many of each name have come: every process sends its own, in no order.
    /// </summary>
    private Task<List<ReceivedSpan>> TraceAsync(string trace, string[] names) => stack.WaitAsync(
        $"spans {string.Join(", ", names)} of trace {trace}",
        () =>
        {
            var spans = stack.Receiver.Spans.Where(span => span.Trace == trace).ToList();
            var have = spans.CountBy(span => span.Name).ToDictionary();
            var isAll = names.CountBy(name => name)
                .All(wanted => have.GetValueOrDefault(wanted.Key) >= wanted.Value);
            return Task.FromResult(isAll ? spans : null);
        });

    private static string AttemptSpan(RunId run, int launch) =>
        TraceIds.AttemptOf(new LaunchId(run, launch)).ToHexString();

    private static Func<ReceivedSpan, bool> AttemptOf(RunId run, int launch) =>
        span => span.Span == AttemptSpan(run, launch);

    private static ReceivedSpan Only(IEnumerable<ReceivedSpan> spans, string name) =>
        Only(spans, span => span.Name == name);

    private static ReceivedSpan Only(IEnumerable<ReceivedSpan> spans, Func<ReceivedSpan, bool> which) =>
        Assert.Single(spans, span => which(span));
}
