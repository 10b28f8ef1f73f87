using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jobs.Core.Inputs;

namespace Jobs.Core.Definitions;

/// <summary>What the event triggers of a job must satisfy.</summary>
internal static partial class EventRules
{
    /// <summary>
    /// EventBridge's quota of characters in a pattern.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    /// </summary>
    public const int MaxPatternLength = 2_048;

    private const int ShownValue = 100;

    /// <summary>
    /// What an event has, besides which nothing can match.
    /// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
    /// </summary>
    private static readonly string[] Envelope =
    [
        "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name",
        "$or",
    ];

    public static IEnumerable<DefinitionError> Check(JobDefinition job) =>
    [
        .. job.Events.SelectMany(trigger => CheckParts(job, trigger)
            .Concat(CheckPattern(job, trigger))
            .Concat(CheckBus(job, trigger))),
        .. job.Events.GroupBy(trigger => trigger.Name).Where(same => same.Count() > 1).Select(same => Error(
            job, "the event triggers of a job must have different names", $"{same.Count()} named {same.Key}",
            "Give each a Name of its own.")),
    ];

    private static IEnumerable<DefinitionError> CheckParts(JobDefinition job, EventTrigger trigger)
    {
        if (!NamePattern().IsMatch(trigger.Name))
        {
            yield return Error(
                job, "the name of an event trigger has lower-case letters, digits and single hyphens", trigger.Name,
                "Choose a Name such as failed-orders.");
        }

        if (trigger.Priority is < 0 or > 9)
        {
            var priority = trigger.Priority.ToString(CultureInfo.InvariantCulture);
            yield return Error(
                job, "Priority must be 0 to 9", $"{priority} on {trigger.Name}", "Leave it out for 0; 9 goes first.");
        }

        var parts = new[] { trigger.Source, trigger.DetailType, trigger.Detail };
        if (trigger.Pattern is null ? trigger.Source is null : parts.Any(part => part is not null))
        {
            yield return Error(
                job,
                "an event trigger has a Source, or a Pattern in place of Source, DetailType and Detail",
                $"{trigger.Name} with {(trigger.Pattern is null ? "neither" : "both")}",
                "Write [OnEvent(Source = \"com.example.orders\", DetailType = \"Order Failed\")].");
        }

        foreach (var (name, field, text) in Literals(trigger))
        {
            if (text.Length > 0 && !text.Contains('*', StringComparison.Ordinal)) continue;
            yield return Error(
                job, $"the {name} of OnEvent is literal, and no * in it", text,
                $$"""Write it whole; for several, Pattern = {"{{field}}": [{"prefix": "aws."}]}.""");
        }
    }

    private static IEnumerable<(string Name, string Field, string Text)> Literals(EventTrigger trigger)
    {
        if (trigger.Source is { } source) yield return ("Source", "source", source);
        if (trigger.DetailType is { } type) yield return ("DetailType", "detail-type", type);
    }

    private static IEnumerable<DefinitionError> CheckPattern(JobDefinition job, EventTrigger trigger)
    {
        var what = $"the {(trigger.Pattern is null ? "Detail" : "Pattern")} of event trigger '{trigger.Name}'";
        var (pattern, broken) = Read(trigger);
        if (pattern is null)
        {
            yield return Error(
                job, $"{what} must be a JSON object: {broken}",
                Excerpt.Of(trigger.Pattern ?? trigger.Detail ?? "", ShownValue),
                """Write it as JSON text, such as {"state": ["failed"]}.""");
            yield break;
        }

        // One without a Source is told of already.
        if (pattern.Count == 0 && trigger.Pattern is null) yield break;
        var text = pattern.ToJsonString();
        foreach (var fault in Faults(text))
        {
            var place = fault.Place.Length == 0 ? "" : $"at {fault.Place} ";
            yield return Error(
                job, $"{what} must be a pattern that EventBridge takes: {place}{fault.Rule}",
                Excerpt.Of(fault.Value, ShownValue), fault.Remedy);
        }

        if (text.Length > MaxPatternLength)
        {
            yield return Error(
                job, $"the pattern of event trigger '{trigger.Name}' has at most {MaxPatternLength:N0} characters",
                $"{text.Length:N0}", "Shorten it, or make several triggers of it.");
        }

        foreach (var error in CheckEnvelope(job, what, pattern)) yield return error;
        if (!job.AllowLoop && FindsOwnTasks(pattern))
        {
            yield return Error(
                job,
                "a job must not answer what its own tasks cause, or each run starts the next",
                $"{trigger.Name}, which finds the changes of every task",
                """Name other clusters in detail, {"clusterArn": [...]}, or set AllowLoop if the loop is meant and ends.""");
        }
    }

    private static List<EventPatternFault> Faults(string pattern)
    {
        using var document = JsonDocument.Parse(pattern);
        return [.. EventPatternCheck.Faults(document.RootElement)];
    }

    private static (JsonObject? Pattern, string? Broken) Read(EventTrigger trigger)
    {
        try
        {
            using var given = JsonDocument.Parse(trigger.Pattern ?? trigger.Detail ?? "{}");
            if (given.RootElement.ValueKind != JsonValueKind.Object) return (null, "it is something else.");
            return JsonFaults.First(given.RootElement, "$") is { } fault
                ? (null, $"{fault.Rule}.")
                : (trigger.ToPattern(), null);
        }
        catch (JsonException e)
        {
            return (null, e.Message);
        }
    }

    private static IEnumerable<DefinitionError> CheckEnvelope(JobDefinition job, string what, JsonObject pattern) =>
        pattern
            .Select(field => field.Key)
            .Where(name => !Envelope.Contains(name))
            .Select(name => Error(
                job, $"{what} names what an event has: {string.Join(", ", Envelope)}", name,
                Spelling.Nearest(name, Envelope) is { } nearest
                    ? $"Did you mean '{nearest}'?"
                    : $$$"""Write it into detail: {"detail": {"{{{name}}}": [...]}}."""));

    /// <summary>Whether it plainly finds ECS's changes of tasks, whichever cluster's they are.</summary>
    private static bool FindsOwnTasks(JsonObject pattern) =>
        Has(pattern["source"], "aws.ecs")
        && (pattern["detail-type"] is null || Has(pattern["detail-type"], "ECS Task State Change"))
        && (pattern["detail"] as JsonObject)?.ContainsKey("clusterArn") != true;

    private static bool Has(JsonNode? alternatives, string value) =>
        alternatives is JsonArray all && all.Any(one => one is JsonValue && one.ToString() == value);

    private static IEnumerable<DefinitionError> CheckBus(JobDefinition job, EventTrigger trigger)
    {
        if (trigger.Bus is null || BusPattern().IsMatch(trigger.Bus)) yield break;
        yield return Error(
            job,
            "the Bus of an event trigger is the name of an event bus, or its ARN",
            trigger.Bus,
            "Write \"orders\" or \"arn:aws:events:eu-central-1:123456789012:event-bus/orders\".");
    }

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex NamePattern();

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html</summary>
    [GeneratedRegex(@"^(arn:aws[\w-]*:events:[a-z]+-[\w-]+:[0-9]{12}:event-bus/)?[/.\-_A-Za-z0-9]{1,256}\z")]
    private static partial Regex BusPattern();
}
