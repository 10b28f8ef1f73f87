using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Patterns;
using Lapstack.Wire;

namespace Lapstack.Services.Events;

/// <summary>EventBridge on the wire (AWS JSON 1.1): putting events, testing patterns, and looking at the rules. Rules come from the template.</summary>
internal sealed class EventsService : JsonService
{
    private readonly RuleStore _rules;

    public EventsService(RuleStore rules, PutEvents putEvents)
        : base("events", "AWSEvents", Protocol.AwsJson11)
    {
        _rules = rules;
        Add("PutEvents", putEvents.Read);
        Add("TestEventPattern", call => call.Answer(new AccessRequest("events:TestEventPattern", "*"), () => Test(call.Input)));
        Add("ListRules", ReadListRules);
        Add("DescribeRule", call =>
        {
            var rule = Find(call.Input, "Name");
            return call.Answer(new AccessRequest("events:DescribeRule", rule.Arn), () => Describe(rule));
        });
        Add("ListTargetsByRule", call =>
        {
            var rule = Find(call.Input, "Rule");
            return call.Answer(new AccessRequest("events:ListTargetsByRule", rule.Arn), () => new JsonObject
            {
                ["Targets"] = new JsonArray([.. rule.Targets.Select(target => target.Declared.DeepClone())]),
            });
        });
    }

    private static JsonObject Test(JsonObject input)
    {
        try
        {
            var pattern = EventPattern.Parse(input["EventPattern"]?.ToString() ?? "");
            using var document = JsonDocument.Parse(input["Event"]?.ToString() ?? "");
            foreach (var member in (string[])["id", "account", "source", "time", "region", "resources", "detail-type"])
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(member, out _))
                    throw new ServiceError("ValidationException", $"Parameter Event is not valid. Reason: it must be an object with {member}.");
            }
            return new JsonObject { ["Result"] = pattern.Matches(document.RootElement) };
        }
        catch (EventPatternException refused)
        {
            throw new ServiceError("InvalidEventPatternException", refused.Message);
        }
        catch (JsonException notJson)
        {
            throw new ServiceError("ValidationException", $"Parameter Event is not valid. Reason: it is not JSON: {notJson.Message}");
        }
    }

    private Operation ReadListRules(JsonCall call)
    {
        RequireDefaultBus(call.Input);
        var prefix = call.Input["NamePrefix"]?.ToString() ?? "";
        return call.Answer(new AccessRequest("events:ListRules", "*"), () => new JsonObject
        {
            ["Rules"] = new JsonArray([.. _rules.All
                .Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(rule => (JsonNode)Describe(rule))]),
        });
    }

    private static JsonObject Describe(EventRule rule)
    {
        var described = new JsonObject
        {
            ["Name"] = rule.Name,
            ["Arn"] = rule.Arn,
            ["State"] = rule.IsEnabled ? "ENABLED" : "DISABLED",
            ["EventBusName"] = "default",
        };
        if (rule.PatternText is { } pattern) described["EventPattern"] = pattern;
        if (rule.Schedule is { } schedule) described["ScheduleExpression"] = schedule.Expression;
        if (rule.Description is { } description) described["Description"] = description;
        if (rule.RoleArn is { } role) described["RoleArn"] = role;
        return described;
    }

    private EventRule Find(JsonObject input, string member)
    {
        RequireDefaultBus(input);
        var name = input[member]?.ToString() ?? throw new ServiceError("ValidationException", $"{member} is required.");
        return _rules.Find(name) ?? throw new ServiceError("ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");
    }

    private static void RequireDefaultBus(JsonObject input)
    {
        var bus = input["EventBusName"]?.ToString() ?? "default";
        if (bus != "default" && !bus.EndsWith(":event-bus/default", StringComparison.Ordinal))
            throw new ServiceError("ResourceNotFoundException", $"Event bus {bus} does not exist.");
    }
}
