using System.Text.Json;
using Lapstack.Patterns;

namespace Lapstack.Tests.Patterns;

public sealed class TargetInputTests
{
    private const string RuleArn = "arn:aws:events:eu-central-1:123456789012:rule/r";

    private static readonly RuleFacts Rule = new(RuleArn, "r", new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    private static readonly JsonElement Event = JsonDocument.Parse("""
        {"id":"1","detail":{"key":"a \"b\" + é%.csv","size":12,"tags":["x","y"],"items":[{"n":1},{"n":2}],"o":{"k":"v"},"gone":null}}
        """).RootElement;

    private static readonly Dictionary<string, string> Paths = new()
    {
        ["key"] = "$.detail.key",
        ["size"] = "$.detail.size",
        ["tags"] = "$.detail.tags",
        ["second"] = "$.detail['items'][1].n",
        ["all"] = "$.detail.items[*].n",
        ["o"] = "$.detail.o",
        ["missing"] = "$.detail.nothing",
    };

    [Theory]
    [InlineData("""{"k": <key>}""", """{"k": "a \"b\" + é%.csv"}""")]
    [InlineData("""{"k": "<key>!"}""", """{"k": "a \"b\" + é%.csv!"}""")]
    [InlineData("""{"k": "\"<size>\""}""", """{"k": "\"12\""}""")]
    [InlineData("""{"n": <size>, "t": <tags>, "s": <second>, "a": <all>}""",
        """{"n": 12, "t": ["x","y"], "s": 2, "a": [1,2]}""")]
    [InlineData("""{"o": <o>, "text": "is <o>"}""", """{"o": {"k":"v"}, "text": "is {k:v}"}""")]
    [InlineData("""{"m": <missing>, "t": "<missing>"}""", """{"m": "", "t": ""}""")]
    [InlineData("\"Key <key> of <size> < 20\"", "\"Key a \\\"b\\\" + é%.csv of 12 < 20\"")]
    [InlineData("""{"r": <aws.events.rule-arn>, "n": "<aws.events.rule-name>"}""",
        $$"""{"r": "{{RuleArn}}", "n": "r"}""")]
    [InlineData("""{"at": <aws.events.event.ingestion-time>}""", """{"at": "2026-01-05T08:00:00Z"}""")]
    [InlineData("""{"e": <aws.events.event>}""", """{"e": {"id":"1"}}""")]
    public void Template_is_filled_by_where_the_placeholder_stands(string template, string expected) =>
        Assert.Equal(expected, InputTransformer.Parse(Paths, template).Of(Event, Rule));

    [Fact]
    public void Whole_event_placeholder_carries_every_member()
    {
        var made = InputTransformer.Parse(Paths, """{"job":"j","event":<aws.events.event.json>}""").Of(Event, Rule);

        Assert.True(JsonElement.DeepEquals(Event, JsonDocument.Parse(made).RootElement.GetProperty("event")));
    }

    [Theory]
    [InlineData("$.detail.o", """{"k":"v"}""")]
    [InlineData("$.detail.o.k", "\"v\"")]
    [InlineData("$.nothing", "null")]
    public void Input_path_takes_a_part_as_json(string path, string expected) =>
        Assert.Equal(expected, TargetInput.Part(path).Of(Event, Rule));

    [Fact]
    public void Constant_input_ignores_the_event() => Assert.Equal("[1]", TargetInput.Constant("[1]").Of(Event, Rule));

    [Fact]
    public void Constant_that_is_not_json_is_refused() =>
        Assert.Throws<EventPatternException>(() => TargetInput.Constant("hello"));

    [Theory]
    [InlineData("""{"a": <absent>}""", "invalid placeholder absent")]
    [InlineData("""{"a": <key>""", "not valid JSON")]
    [InlineData("", "1 to 8192 characters")]
    public void Template_the_service_would_refuse_is_refused(string template, string why)
    {
        var refused = Assert.Throws<EventPatternException>(() => InputTransformer.Parse(Paths, template));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWSkey", "$.id")]
    [InlineData("key", "id")]
    [InlineData("key", "$.a..b")]
    [InlineData("key", "$.a[?(@.b)]")]
    public void Paths_map_entry_the_service_would_refuse_is_refused(string name, string path) =>
        Assert.Throws<EventPatternException>(
            () => InputTransformer.Parse(new Dictionary<string, string> { [name] = path }, "\"x\""));
}
