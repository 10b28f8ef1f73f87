using System.Text.Json;
using System.Text.Json.Nodes;
using Jobs.Cdk.Functions;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Infra;

public sealed class UploadRuleTests
{
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
}
