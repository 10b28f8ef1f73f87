using System.Text.Json;
using Jobs.Core.Definitions;
using Jobs.Tests.Unit.House;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class EventRulesTests
{
    private const string Takes = "must be a pattern that EventBridge takes";

    private static readonly EventTrigger Failed = new("failed-orders")
    {
        Source = "com.example.orders",
        DetailType = "Order Failed",
        Detail = """{"amount": [{"numeric": [">", 100]}], "state": ["failed", null]}""",
    };

    public static TheoryData<string> Corpus =>
        [.. Vectors().Select(vector => vector.GetProperty("id").GetString()!)];

    [Fact]
    public void Valid_triggers_pass() => Assert.Empty(Check(
        Failed,
        new EventTrigger("partner") { Source = "aws.partner/example.com", Bus = "aws.partner/example.com/123/orders" },
        new EventTrigger("named") { Source = "a", Bus = "arn:aws:events:eu-central-1:123456789012:event-bus/orders" },
        new EventTrigger("whole") { Pattern = """{"source": [{"prefix": "aws."}], "resources": ["arn:x"]}""" },
        new EventTrigger("tasks")
        {
            Source = "aws.ecs",
            DetailType = "ECS Task State Change",
            Detail = """{"clusterArn": ["arn:aws:ecs:eu-central-1:123456789012:cluster/other"]}""",
        }));

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Pattern_is_taken_or_refused_as_the_engine_of_EventBridge_does(string id)
    {
        var vector = Vectors().Single(vector => vector.GetProperty("id").GetString() == id);
        var pattern = vector.TryGetProperty("pattern_raw", out var raw)
            ? raw.GetString()!
            : vector.GetProperty("pattern").GetRawText();

        var faults = Check(new EventTrigger("vector") { Pattern = pattern }).Where(
            error => error.Rule.Contains(Takes, StringComparison.Ordinal)
                || error.Rule.Contains("must be a JSON object", StringComparison.Ordinal));

        Assert.Equal(vector.GetProperty("valid").GetBoolean(), !faults.Any());
    }

    [Theory]
    [InlineData("""{"state": "failed"}""", "at detail.state a field has an array of what it may be", "\"failed\"",
        """Write ["failed"].""")]
    [InlineData("""{"a": {"b": []}}""", "at detail.a.b an array of what a field may be is not empty", "[]",
        "Leave the field out")]
    [InlineData("{}", "at detail it is an object with a field at least", "{}", "Write it as")]
    [InlineData("""{"a": [{"prefx": "x"}]}""", "there is no operator 'prefx'", "prefx", "Did you mean 'prefix'?")]
    [InlineData("""{"a": [{"matches": "x"}]}""", "there is no operator 'matches'", "matches", "Use one of exactly")]
    [InlineData("""{"a": [["b"]]}""", "not an array", """["b"]""", "Write one array.")]
    [InlineData("""{"a": [{"numeric": [">", 5, "<", 5]}]}""", "a lower and then an upper bound", "numeric",
        """Write {"numeric": [">", 0, "<=", 5]}.""")]
    [InlineData("""{"a": [12345678901234567]}""", "no more digits than a double holds", "12345678901234567", "Round")]
    [InlineData("""{"a": [{"numeric": ["=", 0.12345678901234567]}]}""", "numeric is a comparison", "0.1234", "Write")]
    [InlineData("""{"a": [{"cidr": "10.0.0.0/32"}]}""", "fewer than all", "cidr", "10.0.0.0/24")]
    [InlineData("""{"a": [{"cidr": "10.0.0.0.0/8"}]}""", "cidr is an address", "cidr", "10.0.0.0/24")]
    [InlineData("""{"a": [{"wildcard": "a\\b"}]}""", "a backslash in a wildcard", "wildcard", @"Write \\.")]
    [InlineData("""{"a": [{"exists": "yes"}]}""", "exists is true or false", "exists", "exists")]
    [InlineData("""{"$or": [{"prefix": ["a"]}, {"b": ["c"]}]}""", "the name of an operator", "prefix", "an array")]
    public void Detail_that_EventBridge_would_refuse_names_the_place_the_rule_and_the_remedy(
        string detail, string rule, string value, string remedy)
    {
        var error = Assert.Single(Check(Failed with { Detail = detail }));

        Assert.Contains($"the Detail of event trigger 'failed-orders' {Takes}", error.Rule, StringComparison.Ordinal);
        Assert.Contains(rule, error.Rule, StringComparison.Ordinal);
        Assert.Contains(value, error.Value, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void More_combinations_than_EventBridge_takes_are_refused()
    {
        var choices = string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""{"a{{i}}": [1]}"""));
        var or = """{"b": {"$or": [CHOICES]}, "c": {"$or": [CHOICES]}}"""
            .Replace("CHOICES", choices, StringComparison.Ordinal);

        Assert.Contains(
            Check(Failed with { Detail = or }),
            error => error.Rule.Contains("at most 1,000 combinations", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"state": ["failed"}""", "'}' is invalid")]
    [InlineData("""["failed"]""", "it is something else")]
    [InlineData("null", "it is something else")]
    [InlineData("""{"a": ["x"], "a": ["y"]}""", "$.a is there once")]
    [InlineData("""{"a": ["\ud800"]}""", "half of a surrogate pair")]
    public void Detail_that_is_no_JSON_object_is_refused(string detail, string why)
    {
        var error = Assert.Single(Check(Failed with { Detail = detail }));

        Assert.StartsWith("the Detail of event trigger 'failed-orders' must be a JSON object: ", error.Rule,
            StringComparison.Ordinal);
        Assert.Contains(why, error.Rule, StringComparison.Ordinal);
    }

    public static TheoryData<EventTrigger, string, string> Refused => new()
    {
        { new("nothing"), "has a Source, or a Pattern", "nothing with neither" },
        { Failed with { Pattern = """{"source": ["a"]}""" }, "has a Source, or a Pattern", "failed-orders with both" },
        { Failed with { Name = "Failed orders" }, "lower-case letters, digits and single hyphens", "Failed orders" },
        { Failed with { Source = "aws.*" }, "the Source of OnEvent is literal", "aws.*" },
        { Failed with { DetailType = "" }, "the DetailType of OnEvent is literal", "" },
        { Failed with { Priority = 10 }, "Priority must be 0 to 9", "10 on failed-orders" },
        { Failed with { Bus = "an order" }, "the name of an event bus, or its ARN", "an order" },
        { Failed with { Bus = "arn:aws:sqs:eu-central-1:123456789012:orders" }, "the name of an event bus",
            "arn:aws:sqs" },
        { new("typo") { Pattern = """{"source": ["a"], "detailType": ["b"]}""" }, "names what an event has",
            "detailType" },
        { new("tasks") { Source = "aws.ecs" }, "must not answer what its own tasks cause", "tasks" },
        { new("tasks") { Pattern = """{"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"]}""" },
            "must not answer what its own tasks cause", "tasks" },
        { Failed with { Detail = $$"""{"a": ["{{new string('x', 2_000)}}"]}""" }, "at most 2,048 characters", "2,0" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Trigger_that_breaks_a_rule_is_refused(EventTrigger trigger, string rule, string value)
    {
        var error = Assert.Single(Check(trigger));

        Assert.Contains(rule, error.Rule, StringComparison.Ordinal);
        Assert.Contains(value, error.Value, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public void Loop_that_is_meant_passes() => Assert.Empty(DefinitionRules.Check(
        "shop",
        new JobDefinition("review") { AllowLoop = true, Events = [new EventTrigger("tasks") { Source = "aws.ecs" }] }));

    [Fact]
    public void Two_triggers_of_one_name_are_refused() => Assert.Equal(
        "2 named failed-orders", Assert.Single(Check(Failed, Failed with { DetailType = "Order Lost" })).Value);

    [Fact]
    public void Job_with_a_queue_answers_no_events() => Assert.Contains(
        DefinitionRules.Check("shop", new JobDefinition("review") { Queue = new QueueTrigger(), Events = [Failed] }),
        error => error.Value == "1 besides the queue");

    [Theory]
    [InlineData("com.example.orders", "Order Failed", "com-example-orders-order-failed")]
    [InlineData("aws.ecr", null, "aws-ecr")]
    [InlineData(null, null, "pattern")]
    public void Trigger_without_a_name_is_named_after_source_and_type(string? source, string? type, string name) =>
        Assert.Equal(name, EventTrigger.NameFor(source, type));

    [Theory]
    [InlineData(null, null)]
    [InlineData("default", null)]
    [InlineData("arn:aws:events:eu-central-1:123456789012:event-bus/default", null)]
    [InlineData("orders", "orders")]
    [InlineData("arn:aws:events:eu-central-1:123456789012:event-bus/a/b", "a/b")]
    public void Bus_is_known_by_name_or_ARN(string? bus, string? name) =>
        Assert.Equal(name, new EventTrigger("any") { Bus = bus }.BusName);

    private static IEnumerable<DefinitionError> Check(params IReadOnlyList<EventTrigger> triggers) =>
        DefinitionRules.Check("shop", new JobDefinition("review") { Events = triggers });

    /// <summary>Patterns of EventBridge's own engine, each with whether it takes them.</summary>
    private static IEnumerable<JsonElement> Vectors() =>
        File.ReadLines(Path.Combine(Repository.Root, "lapstack", "tests", "Corpus", "ruler.jsonl"))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line));
}
