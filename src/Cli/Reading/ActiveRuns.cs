using Jobs.Core.Runs;

namespace Jobs.Cli.Reading;

/// <summary>What is under way of several jobs.</summary>
/// <param name="IsComplete">Whether the readings are all: none was left out, and none could not be read.</param>
internal sealed record ActiveRuns(
    IReadOnlyList<RunReading> Readings, bool IsComplete, IReadOnlyList<UnreadableRun> Unreadable)
{
    /// <summary>Runs that are read; beyond it the screen says that there are more.</summary>
    private const int Most = 2_000;

    public static async Task<ActiveRuns> ReadAsync(
        IRunHistory history, IReadOnlyCollection<string> jobs, CancellationToken cancellation)
    {
        var page = await history.ActiveAsync(Most, cancellation);
        var read = await RunBatch.ReadAsync(history, [.. page.Runs.Where(run => jobs.Contains(run.Job))], cancellation);
        return new ActiveRuns(read.Runs, page.IsComplete && read.Unreadable.Count == 0, read.Unreadable);
    }
}
