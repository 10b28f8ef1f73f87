using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Patterns;
using Lapstack.Wire;

namespace Lapstack.Services.Events;

/// <summary>
/// EventBridge on the wire (AWS JSON 1.1): putting events, testing patterns, looking at buses and rules, and switching
/// rules. Buses and rules come from the template.
/// </summary>
internal sealed class EventsService : JsonService
{
    /// <summary>Of rules, of targets, and of names on one page.</summary>
    private const int LargestPage = 100;

    private readonly RuleStore _rules;
    private readonly EventBuses _buses;

    public EventsService(RuleStore rules, EventBuses buses, PutEvents putEvents)
        : base("events", "AWSEvents", Protocol.AwsJson11)
    {
        (_rules, _buses) = (rules, buses);
        Add("PutEvents", putEvents.Read);
        Add(
            "TestEventPattern",
            call => call.Answer(new AccessRequest("events:TestEventPattern", "*"), () => Test(call.Input)));
        Add(
            "ListEventBuses",
            call => call.Answer(
                new AccessRequest("events:ListEventBuses", "*"),
                () => Page(call.Input, "EventBuses", _buses.All, DescribeBus)));
        Add("DescribeEventBus", ReadDescribeEventBus);
        Add("ListRules", ReadListRules);
        Add("ListRuleNamesByTarget", ReadListRuleNamesByTarget);
        Add("DescribeRule", call => OnRule(call, "Name", Describe));
        Add(
            "ListTargetsByRule",
            call =>
                OnRule(
                    call,
                    "Rule",
                    rule => Page(call.Input, "Targets", rule.Targets, target => target.Declared.DeepClone())));
        Add("EnableRule", call => OnRule(call, "Name", rule => Switch(rule, isOn: true)));
        Add("DisableRule", call => OnRule(call, "Name", rule => Switch(rule, isOn: false)));
    }

    private Operation OnRule(JsonCall call, string member, Func<EventRule, JsonObject> act)
    {
        var rule = Find(call.Input, member);
        return call.Answer(new AccessRequest($"events:{call.Name}", rule.Arn), () => act(rule));
    }

    private JsonObject Switch(EventRule rule, bool isOn)
    {
        _rules.Switch(rule, isOn);
        return [];
    }

    private static JsonObject Test(JsonObject input)
    {
        try
        {
            var pattern = EventPattern.Parse(input["EventPattern"]?.ToString() ?? "");
            using var document = JsonDocument.Parse(input["Event"]?.ToString() ?? "");
            foreach (var member in (string[])["id", "account", "source", "time", "region", "resources", "detail-type"])
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object
                    || !document.RootElement.TryGetProperty(member, out _))
                    throw new ServiceError(
                        "ValidationException",
                        $"Parameter Event is not valid. Reason: it must be an object with {member}.");
            }
            return new JsonObject { ["Result"] = pattern.Matches(document.RootElement) };
        }
        catch (EventPatternException refused)
        {
            throw new ServiceError("InvalidEventPatternException", refused.Message);
        }
        catch (JsonException notJson)
        {
            throw new ServiceError(
                "ValidationException", $"Parameter Event is not valid. Reason: it is not JSON: {notJson.Message}");
        }
    }

    private Operation ReadDescribeEventBus(JsonCall call)
    {
        var bus = Require(EventBuses.NameOf(call.Input.Text("Name")));
        return call.Answer(new AccessRequest("events:DescribeEventBus", _buses.ArnOf(bus)), () => DescribeBus(bus));
    }

    private Operation ReadListRules(JsonCall call)
    {
        var bus = BusOf(call.Input);
        var prefix = call.Input["NamePrefix"]?.ToString() ?? "";
        return call.Answer(new AccessRequest("events:ListRules", "*"), () =>
            Page(
                call.Input,
                "Rules",
                _rules.On(bus).Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal)),
                Describe));
    }

    private Operation ReadListRuleNamesByTarget(JsonCall call)
    {
        var bus = BusOf(call.Input);
        var target = call.Input.Text("TargetArn")
            ?? throw new ServiceError("ValidationException", "TargetArn is required.");
        return call.Answer(new AccessRequest("events:ListRuleNamesByTarget", "*"), () =>
            Page(
                call.Input,
                "RuleNames",
                _rules.On(bus).Where(rule => rule.Targets.Any(t => t.Arn == target)),
                rule => JsonValue.Create(rule.Name)));
    }

    private static JsonObject Page<T>(JsonObject input, string member, IEnumerable<T> items, Func<T, JsonNode> render)
    {
        var size = input.Number("Limit") ?? LargestPage;
        if (size is < 1 or > LargestPage)
            throw new ServiceError(
                "ValidationException",
                $"Value '{size}' at 'limit' failed to satisfy constraint: Member must have a value from 1 to " +
                $"{LargestPage}");
        var refusal = new ServiceError("ValidationException", "Parameter NextToken is not valid.");
        return JsonPage.Of(member, items, render, size, input.Text("NextToken"), refusal, next: "NextToken");
    }

    private static JsonObject Describe(EventRule rule)
    {
        var described = new JsonObject
        {
            ["Name"] = rule.Name,
            ["Arn"] = rule.Arn,
            ["State"] = rule.IsEnabled ? "ENABLED" : "DISABLED",
            ["EventBusName"] = rule.Bus,
        };
        if (rule.PatternText is { } pattern) described["EventPattern"] = pattern;
        if (rule.Schedule is { } schedule) described["ScheduleExpression"] = schedule.Expression;
        if (rule.Description is { } description) described["Description"] = description;
        if (rule.RoleArn is { } role) described["RoleArn"] = role;
        return described;
    }

    private EventRule Find(JsonObject input, string member)
    {
        var bus = BusOf(input);
        var name = input[member]?.ToString() ?? throw new ServiceError("ValidationException", $"{member} is required.");
        return _rules.Find(EventRule.IdOf(bus, name))
            ?? throw new ServiceError("ResourceNotFoundException", $"Rule {name} does not exist on EventBus {bus}.");
    }

    private JsonObject DescribeBus(string bus) => new() { ["Name"] = bus, ["Arn"] = _buses.ArnOf(bus) };

    private string BusOf(JsonObject input) => Require(EventBuses.NameOf(input.Text("EventBusName")));

    private string Require(string bus) => _buses.Has(bus)
        ? bus
        : throw new ServiceError("ResourceNotFoundException", $"Event bus {bus} does not exist.");
}
