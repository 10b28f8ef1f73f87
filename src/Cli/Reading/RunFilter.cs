using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>Which runs somebody wants to see.</summary>
internal sealed record RunFilter
{
    public required IReadOnlyList<string> Jobs { get; init; }

    /// <summary>Empty for any.</summary>
    public IReadOnlyCollection<RunState> States { get; init; } = [];

    /// <summary>As <c>team=billing</c>; null for any.</summary>
    public string? Label { get; init; }

    public DateTimeOffset? Since { get; init; }

    public required int Limit { get; init; }

    public HistoryCursor? After { get; init; }

    /// <summary>The page before ended with runs older than any that is wanted: none is left.</summary>
    public bool EndsBefore => After?.At < Since;

    /// <summary>They are all in the active index: nothing that is over is wanted.</summary>
    public bool IsActiveOnly => States.Count > 0 && After is null && !States.Any(StateNames.IsOver);

    public bool Takes(RunReading reading) =>
        (States.Count == 0 || States.Contains(reading.VisibleState)) && (Label is null || reading.Run.Labels.Contains(Label));
}
