using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>Which runs are to be shown.</summary>
internal sealed record RunFilter
{
    public required IReadOnlyList<string> Jobs { get; init; }

    /// <summary>Empty for any.</summary>
    public IReadOnlyCollection<RunState> States { get; init; } = [];

    /// <summary>As <c>team=billing</c>; null for any.</summary>
    public string? Label { get; init; }

    /// <summary>Of runs that uploads of this key started; null for any.</summary>
    public string? Key { get; init; }

    /// <summary>Of uploads to this bucket, with <see cref="Key"/>; null for any.</summary>
    public string? Bucket { get; init; }

    /// <summary>Text that their error has, in any case; null for any, those without an error included.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? Since { get; init; }

    public required int Limit { get; init; }

    public HistoryCursor? After { get; init; }

    /// <summary>The page before ended with runs older than any that is wanted: none is left.</summary>
    public bool EndsBefore => After?.At < Since;

    /// <summary>They are all in the active index: nothing that is over is wanted.</summary>
    public bool IsActiveOnly => States.Count > 0 && After is null && !States.Any(StateNames.IsOver);

    /// <summary>Most runs are thrown away after they were read.</summary>
    public bool IsNarrow => States.Count > 0 || Error is not null;

    public bool Takes(RunReading reading) =>
        (States.Count == 0 || States.Contains(reading.VisibleState))
        && (Label is null || reading.Run.Labels.Contains(Label))
        && (Error is null || Errors(reading).Any(text => text.Contains(Error, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What is said of why it did not succeed, or has not yet.</summary>
    private static IEnumerable<string> Errors(RunReading reading)
    {
        if (reading.Run.State == RunState.Succeeded) yield break;
        if (reading.Run.Verdict is { } verdict) yield return verdict.Sentence;
        if (reading.CurrentWorker?.Error is not { } error) yield break;
        yield return error.Type;
        yield return error.Message;
    }
}
