using Jobs.Cli.Reading;

namespace Jobs.Cli.Shapes;

/// <summary>A run that is there and cannot be read.</summary>
internal sealed record UnreadableShape(string Id, string Why)
{
    public static IReadOnlyList<UnreadableShape> Of(IEnumerable<UnreadableRun> runs) =>
        [.. runs.DistinctBy(run => run.Id).Select(run => new UnreadableShape(run.Id.ToString(), run.Why))];
}
