using System.Text.Json;

namespace Jobs.Cli.Shapes;

/// <summary>Everything about one run.</summary>
/// <param name="Input">As it was submitted.</param>
/// <param name="Result">What the job returned; null when there is none, or it is in S3.</param>
/// <param name="ResultAt">S3 URL of a result above 32 KB.</param>
/// <param name="Stall">Why it counts as stuck; null when it does not.</param>
/// <param name="Children">How far its children are; null when it has none.</param>
/// <param name="Timeline">What is known to have happened, in order.</param>
internal sealed record RunDetailShape(
    RunShape Run,
    JsonElement? Input,
    JsonElement? Result,
    string? ResultAt,
    string? Stall,
    ChildrenShape? Children,
    IReadOnlyList<AttemptShape> Attempts,
    IReadOnlyList<MomentShape> Timeline,
    CostShape Cost,
    IReadOnlyList<string> LogTail);
