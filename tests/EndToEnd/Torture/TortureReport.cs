using Jobs.Core.Runs;

namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>What the laptop was put through, and what came of it.</summary>
internal sealed class TortureReport
{
    /// <summary>Uploads that S3 accepted.</summary>
    public required int Uploads { get; init; }

    public required IReadOnlyList<RunReading> Runs { get; init; }

    public required IReadOnlyDictionary<Prey, int> Kills { get; init; }

    /// <summary>Messages that were dead letters, and were sent back when the admins had been told.</summary>
    public required int SentBack { get; init; }

    public required TimeSpan Settled { get; init; }

    /// <summary>What must not be, a sentence each.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public override string ToString() => string.Join('\n',
    [
        $"uploads: {Uploads}",
        $"runs: {Listed(Runs.GroupBy(reading => reading.Run.State))}",
        $"launches: {Runs.Sum(reading => reading.Run.Launch)}",
        $"kills: {string.Join(", ", Kills.OrderBy(one => one.Key).Select(one => $"{one.Value} {one.Key}"))}",
        $"dead letters sent back: {SentBack}",
        $"settled after: {Settled.TotalSeconds:F0} s",
        .. Faults.Select(fault => $"FAULT: {fault}"),
    ]);

    private static string Listed(IEnumerable<IGrouping<RunState, RunReading>> groups) =>
        string.Join(", ", groups.OrderBy(one => one.Key).Select(one => $"{one.Count()} {one.Key}"));
}
