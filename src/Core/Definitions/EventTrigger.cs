using System.Text.Json;
using System.Text.Json.Nodes;
using Jobs.Core.Definitions;

namespace Jobs;

/// <summary>Starts the job for every event of a bus of EventBridge that a pattern finds.</summary>
/// <param name="Name">Lower-case letters, digits and single hyphens; unique among the job's event triggers.</param>
public sealed record EventTrigger(string Name)
{
    /// <summary>Who sends the events, as written: <c>aws.ecr</c>. Null where <see cref="Pattern"/> says it.</summary>
    public string? Source { get; init; }

    /// <summary>What kind of events, as written: <c>ECR Image Scan</c>. Default null: any.</summary>
    public string? DetailType { get; init; }

    /// <summary>
    /// What the events' detail has, as JSON text of an event pattern: <c>{"state":["failed"]}</c>. Default null: any.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>
    /// The whole event pattern as JSON text, in place of <see cref="Source"/>, <see cref="DetailType"/> and
    /// <see cref="Detail"/>. Default null.
    /// </summary>
    public string? Pattern { get; init; }

    /// <summary>
    /// Name or ARN of the bus, which must be there before the stack is deployed. Default null: the account's default
    /// bus, to which AWS's own services send.
    /// </summary>
    public string? Bus { get; init; }

    /// <summary>
    /// Priority of its runs among the job's waiting ones, 0 to 9: each step is a head start of an hour. Default 0.
    /// </summary>
    public int Priority { get; init; }

    /// <summary>
    /// The input is the whole event as EventBridge has it; else it is its detail alone. Default false.
    /// </summary>
    public bool TakesEvent { get; init; }

    /// <summary>Name of the bus; null for the default one.</summary>
    public string? BusName
    {
        get
        {
            var name = Bus?.StartsWith("arn:", StringComparison.Ordinal) == true
                ? Bus[(Bus.IndexOf('/', StringComparison.Ordinal) + 1)..]
                : Bus;
            return name is null or "default" ? null : name;
        }
    }

    /// <summary>
    /// The name of a trigger that was given none: of <c>ECR Image Scan</c> from <c>aws.ecr</c> it is
    /// aws-ecr-ecr-image-scan.
    /// </summary>
    public static string NameFor(string? source, string? detailType) =>
        source is null && detailType is null ? "pattern" : TriggerName.From($"{source} {detailType}");

    /// <summary>The event pattern that the rule has.</summary>
    /// <exception cref="JsonException">A part of it is not JSON.</exception>
    /// <exception cref="InvalidOperationException">The pattern is not a JSON object.</exception>
    public JsonObject ToPattern()
    {
        if (Pattern is not null) return JsonNode.Parse(Pattern)!.AsObject();
        var pattern = new JsonObject();
        if (Source is not null) pattern["source"] = new JsonArray(Source);
        if (DetailType is not null) pattern["detail-type"] = new JsonArray(DetailType);
        if (Detail is not null) pattern["detail"] = JsonNode.Parse(Detail);
        return pattern;
    }
}
