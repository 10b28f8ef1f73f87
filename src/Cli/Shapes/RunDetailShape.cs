using System.Text.Json;
using Jobs.Cli.Reading;
using Jobs.Cli.Views;

namespace Jobs.Cli.Shapes;

/// <summary>Everything about one run.</summary>
/// <param name="Owner">Who answers for the job as it is deployed now; null when it does not say.</param>
/// <param name="Input">As it was submitted.</param>
/// <param name="Result">What the job returned, text if it is no JSON; null when there is none, or it is in S3.</param>
/// <param name="ResultAt">S3 URL of a result above 32 KB.</param>
/// <param name="Stall">Why it counts as stuck; null when it does not.</param>
/// <param name="Children">How far its children are; null when it has none.</param>
/// <param name="Timeline">What is known to have happened, in order.</param>
internal sealed record RunDetailShape(
    RunShape Run,
    string? Owner,
    JsonElement? Input,
    JsonElement? Result,
    string? ResultAt,
    string? Stall,
    ChildrenShape? Children,
    IReadOnlyList<AttemptShape> Attempts,
    IReadOnlyList<MomentShape> Timeline,
    CostShape Cost,
    IReadOnlyList<string> LogTail)
{
    public static RunDetailShape Of(RunDetail detail, DateTimeOffset now) => new(
        RunShape.Of(detail.Reading, detail.Pauses, now),
        detail.Owner,
        ToJson(detail.Input),
        ToJson(detail.Result),
        detail.ResultAt,
        StallWords.Of(detail.Run, now),
        detail.Children is { } children ? ChildrenShape.Of(children) : null,
        [.. detail.Tasks.Select(AttemptShape.Of)],
        [.. detail.Timeline.Select(moment => new MomentShape(moment.At, moment.What))],
        CostShape.Of(detail.Cost),
        detail.LogTail);

    private static JsonElement? ToJson(string? text)
    {
        if (text is null) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text, ShapeJson.Default.String);
        }
    }
}

internal sealed record MomentShape(DateTimeOffset At, string What);
