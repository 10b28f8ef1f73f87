using System.Text.Json.Nodes;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

/// <summary>What a stack has for jobs that answer events, and that another has none of it.</summary>
public sealed class EventTriggerTests
{
    private const string Arn = "arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:";

    private static readonly Lazy<Synthesis> OnDefaultBus = new(() => Synthesis.OfJob(Review(new EventTrigger("failed")
    {
        Source = "com.example.orders",
        DetailType = "Order Failed",
        Detail = """
            {"amount": [{"numeric": [">", 100.5, "<=", 1000]}, 5], "state": ["failed", true, null], "$or": [{"a": [{"exists": false}]}, {"b": ["x"]}]}
            """,
    })));

    private static readonly Lazy<Synthesis> OnNamedBus = new(() => Synthesis.OfJob(Review(
        new EventTrigger("failed") { Source = "com.example.orders", Bus = "orders" },
        new EventTrigger("images") { Pattern = """{"source": ["aws.ecr"]}""" })));

    private static Template Default => OnDefaultBus.Value.Template;

    private static Template Named => OnNamedBus.Value.Template;

    [Fact]
    public void Rule_has_the_declared_pattern_and_sends_the_event_with_job_and_trigger_to_the_inbox()
    {
        var rule = Rule(Default, "Eventfailed");
        var target = Assert.Single(rule.Properties["Targets"]!.AsArray())!;

        var pattern = """
            {"source":["com.example.orders"],"detail-type":["Order Failed"],"detail":{
              "amount":[{"numeric":[">",100.5,"<=",1000]},5],"state":["failed",true,null],"$or":[{"a":[{"exists":false}]},{"b":["x"]}]}}
            """;
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(pattern), rule.Properties["EventPattern"]),
            rule.Properties["EventPattern"]!.ToJsonString());
        Assert.Null(rule.Properties["EventBusName"]);
        Assert.Equal("<JobsFunctionsEventsQueue.Arn>", Readable.Text(target["Arn"]));
        Assert.Equal("<JobsFunctionsUndeliveredQueue.Arn>", Readable.Text(target["DeadLetterConfig"]!["Arn"]));
        Assert.Equal(
            """{"job": "review", "trigger": "failed", "event": <aws.events.event.json>}""",
            (string?)target["InputTransformer"]!["InputTemplate"]);
        Assert.Matches(@"^jobs_review_[0-9a-f]{10}\z", rule["Name"]);
    }

    [Fact]
    public void Rule_on_a_named_bus_is_made_there() =>
        Assert.Equal(
            ("orders", null), (Rule(Named, "Eventfailed")["EventBusName"], Rule(Named, "Eventimages")["EventBusName"]));

    [Theory]
    [InlineData("JobsFunctionsEventsQueue")]
    [InlineData("JobsFunctionsUndeliveredQueue")]
    public void Queue_takes_messages_of_rules_on_named_buses_where_there_are_any(string queue)
    {
        Assert.Equal($"{{ArnLike: {{aws:SourceArn: {Arn}rule/jobs_*}}}}", Admits(Default, queue));
        Assert.Equal(
            $"{{ArnLike: {{aws:SourceArn: {Arn}rule/jobs_*, {Arn}rule/*/jobs_*}}}}", Admits(Named, queue));
    }

    [Fact]
    public void Other_inboxes_take_none_of_named_buses() => Assert.Equal(
        $"{{ArnLike: {{aws:SourceArn: {Arn}rule/jobs_*}}}}", Admits(Named, "JobsFunctionsUploadsQueue"));

    [Fact]
    public void Inbox_feeds_OnEvent_which_may_do_what_OnUpload_may_and_read_its_own_queue_only()
    {
        var source = Default.Named("JobsFunctionsEventsSource");
        Assert.Equal(
            ("<JobsFunctionsEventsQueue.Arn>", "<JobsFunctionsOnEventFunction>"),
            (source["EventSourceArn"], source["FunctionName"]));
        Assert.Equal(
            Statements("OnUpload", "Uploads"), Statements("OnEvent", "Events"));
        var environment = Default.Named("JobsFunctionsOnEventFunction").Properties["Environment"]!;
        Assert.Equal("OnEvent", (string?)environment["Variables"]!["ANNOTATIONS_HANDLER"]);
    }

    [Fact]
    public void Rule_is_made_after_all_that_a_run_needs()
    {
        Assert.Contains("JobsFunctionsTaskStopped", Before(Rule(Default, "Eventfailed")));
        Assert.Contains("JobsFunctionsEventsSource", Before(Default.Named("JobsFunctionsTaskStopped")));
    }

    [Fact]
    public void Stack_whose_jobs_answer_no_event_has_nothing_for_events() => Assert.DoesNotContain(
        Shapes.Typical.Template.Resources,
        resource => resource.Id.StartsWith("JobsFunctionsEvents", StringComparison.Ordinal)
            || resource.Id.StartsWith("JobsFunctionsOnEvent", StringComparison.Ordinal));

    [Fact]
    public void Pattern_that_EventBridge_would_refuse_fails_synthesis_with_the_place()
    {
        var job = Review(new EventTrigger("failed") { Source = "a", Detail = """{"state": "failed"}""" });

        Assert.Contains(
            "Job 'review': the Detail of event trigger 'failed' must be a pattern that EventBridge takes: at " +
            "detail.state a field has an array of what it may be (declared: \"failed\"). Write [\"failed\"].",
            Assert.ThrowsAny<Exception>(() => Synthesis.OfJob(job)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void More_rules_than_a_named_bus_takes_fail_synthesis()
    {
        var job = Review([.. Enumerable.Range(0, 301).Select(
            i => new EventTrigger($"e{i}") { Source = "a", DetailType = $"{i}", Bus = "orders" })]);

        Assert.Contains(
            "An event bus has at most 300 rules, and each event trigger is one (declared: 301 on 'orders', the most " +
            "in review with 301).",
            Assert.ThrowsAny<Exception>(() => Synthesis.OfJob(job)).Message,
            StringComparison.Ordinal);
    }

    private static JobDefinition Review(params IReadOnlyList<EventTrigger> triggers) =>
        new("review") { Events = triggers };

    private static Resource Rule(Template template, string id) =>
        template.OfType("AWS::Events::Rule").Single(rule => rule.Id.Contains(id, StringComparison.Ordinal));

    private static IEnumerable<string> Before(Resource resource) =>
        resource.Declaration["DependsOn"]!.AsArray().Select(id => Readable.WithoutHash((string)id!));

    private static string Admits(Template template, string queue) => Readable.Text(Assert.Single(
        template.PolicyOn("AWS::SQS::QueuePolicy", queue),
        statement => (string?)statement["Effect"] == "Allow")["Condition"]);

    private static string Statements(string function, string inbox) =>
        Readable.Role(Default, Default.Named($"JobsFunctions{function}Role"))
            .Replace(function, "Function", StringComparison.Ordinal)
            .Replace($"JobsFunctions{inbox}", "Inbox", StringComparison.Ordinal);
}
