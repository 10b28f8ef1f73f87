using System.Text.Json;
using System.Text.Json.Nodes;
using Jobs.Cdk.Functions;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class UploadRuleTests
{
    private static readonly Lazy<Synthesis> LazySharedTasks = new(() => Synthesis.OfJob(
        new JobDefinition("shared")
        {
            Queue = new QueueTrigger(),
            Uploads = [new UploadTrigger("in/", ".7z"), new UploadTrigger("late/")],
        }));

    private static Synthesis SharedTasks => LazySharedTasks.Value;

    [Theory]
    [InlineData("incoming/", "", """{"prefix":"incoming/"}""")]
    [InlineData("", ".csv", """{"suffix":{"equals-ignore-case":".csv"}}""")]
    [InlineData("incoming/", ".7z", """{"prefix":"incoming/"}""")]
    [InlineData(@"a\b/", "1", """{"prefix":"a\\b/"}""")]
    [InlineData("a*b/", "", """{"prefix":"a*b/"}""")]
    [InlineData("", "", """{"anything-but":{"prefix":"_jobs/"}}""")]
    public void Pattern_of_a_trigger_has_its_filters_on_the_key(string prefix, string suffix, string filter)
    {
        var pattern = JsonSerializer.SerializeToNode(UploadPattern.Matching("b", new UploadTrigger(prefix, suffix)));

        var expected = """{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["b"]},"object":{"key":[FILTER]}}}"""
            .Replace("FILTER", filter, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), pattern), pattern!.ToJsonString());
    }

    [Fact]
    public void Template_of_a_trigger_is_the_event_with_job_and_trigger_before_it() =>
        Assert.Equal(
            """{"job": "line-count", "trigger": "incoming/*.csv", "event": <aws.events.event.json>}""",
            TriggerTarget.Template("line-count", "incoming/*.csv"));

    [Theory]
    [InlineData("with \"quotes\"/")]
    [InlineData("<aws.events.event>/")]
    [InlineData("größe/文/")]
    public void Template_of_an_odd_prefix_is_json_without_placeholders_of_its_own(string prefix)
    {
        var template = TriggerTarget.Template("job", prefix + "*");

        Assert.Equal(template.IndexOf('<', StringComparison.Ordinal), template.LastIndexOf('<'));
        var message = JsonNode.Parse(template.Replace("<aws.events.event.json>", "{}", StringComparison.Ordinal))!;
        Assert.Equal(prefix + "*", message["trigger"]!.GetValue<string>());
    }

    [Fact]
    public void Rules_of_a_stack_are_one_for_each_trigger_to_the_inbox()
    {
        var rules = Shapes.Typical.Template.OfType("AWS::Events::Rule")
            .Where(rule => rule.Id.Contains("On", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(3, rules.Count);
        Assert.All(rules, rule =>
        {
            var target = Assert.Single(rule.Properties["Targets"]!.AsArray())!.AsObject();
            Assert.Equal("<JobsFunctionsUploadsQueue.Arn>", Readable.Text(target["Arn"]));
            Assert.Equal(["InputTemplate"], target["InputTransformer"]!.AsObject().Select(member => member.Key));
            Assert.Equal("<JobsBucket>", Readable.Text(rule.Properties["EventPattern"]!["detail"]!["bucket"]!["name"]));
            Assert.StartsWith("jobs_", rule["Name"], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Rules_of_a_job_with_a_queue_send_there_and_only_its_rules_may()
    {
        var template = SharedTasks.Template;
        var rules = template.OfType("AWS::Events::Rule")
            .Where(rule => rule["Name"]!.Contains("_shared_", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(2, rules.Count);
        Assert.All(rules, rule =>
        {
            var target = Assert.Single(rule.Properties["Targets"]!.AsArray())!.AsObject();
            Assert.Equal("<JobssharedQueue.Arn>", Readable.Text(target["Arn"]));
            Assert.Equal(
                "{Arn: <JobsFunctionsUndeliveredQueue.Arn>}", Readable.Text(target["DeadLetterConfig"]));
            Assert.Equal(["InputTemplate"], target["InputTransformer"]!.AsObject().Select(member => member.Key));
            Assert.Contains(
                template.Named("JobssharedQueuePolicy").Id,
                rule.Declaration["DependsOn"]!.AsArray().Select(one => one!.ToString()));
        });
        var policy = template.Named("JobssharedQueuePolicy").Properties["PolicyDocument"]!["Statement"]!.AsArray();
        var admitted = Assert.Single(policy, statement => statement!["Sid"]?.ToString() == "RulesSend")!;
        Assert.Equal(
            ("Allow", "{Service: events.amazonaws.com}", "sqs:SendMessage", "<JobssharedQueue.Arn>",
                "{ArnLike: {aws:SourceArn: arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/jobs_shared_*}}"),
            (
                Readable.Text(admitted["Effect"]),
                Readable.Text(admitted["Principal"]),
                Readable.Text(admitted["Action"]),
                Readable.Text(admitted["Resource"]),
                Readable.Text(admitted["Condition"])));
    }

    [Fact]
    public void Task_of_a_job_with_a_queue_reads_its_uploads_and_OnTick_may_replay_them_into_the_queue()
    {
        var template = SharedTasks.Template;

        Assert.Contains(
            "Allow s3:GetObject s3:GetObjectVersion\n    on <JobsBucket.Arn>/in/*.7Z\n    on <JobsBucket.Arn>/in/*.7z",
            Readable.Role(template, template.Named("JobssharedTaskRole")),
            StringComparison.Ordinal);
        Assert.Equal(
            "arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:jobs_*",
            Readable.Text(SendUploads(template)!["Resource"]));
        var variables = template.Named("JobsFunctionsOnTickFunction").Properties["Environment"]!["Variables"]!;
        Assert.Equal("<JobsFunctionsCommandsQueue>", Readable.Text(variables[EnvironmentNames.Commands]));
    }

    [Fact]
    public void Stack_whose_queues_take_no_uploads_lets_OnTick_send_nothing_there() =>
        Assert.Null(SendUploads(Shapes.Queues.Template));

    private static JsonObject? SendUploads(Template template) =>
        Readable.Statements(template, template.Named("JobsFunctionsOnTickRole"))
            .SingleOrDefault(statement => statement["Sid"]?.ToString() == "SendUploads");
}
