using Jobs.Cli.Shapes;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Output;

/// <summary>Runs as a listing.</summary>
internal static class RunRows
{
    public static void Print(CliContext cli, IEnumerable<RunReading> readings, DateTimeOffset now)
    {
        var table = new TextTable("Run", "State", "Asked", "Took", "What");
        foreach (var reading in readings)
        {
            var run = reading.Run;
            table.Add(
                RunStyles.Id(run.Id, cli.IsScreen),
                new Cell(reading.VisibleState.ToString(), RunStyles.Of(reading.VisibleState)),
                Words.Ago(run.CreatedAt, now),
                Words.Span((run.EndedAt ?? now) - run.CreatedAt),
                What(reading, now));
        }

        table.Print(cli);
    }

    /// <summary>What there is to say of it: why it failed, why it waits, how far it is, or what started it.</summary>
    public static string What(RunReading reading, DateTimeOffset now) => reading switch
    {
        { Run: { IsOver: true, Verdict: { } verdict } run } when run.State != RunState.Succeeded => verdict.Sentence,
        { Run.IsOver: true } => reading.Run.Trigger,
        { CurrentWorker.Progress: { } progress } => Progress(progress.Fraction, progress.Message),
        { VisibleState: RunState.Running } => reading.Run.Trigger,
        _ => WaitingReason.Of(reading.Run, now) is { } reason ? $"waits {reason}" : reading.Run.Trigger,
    };

    private static string Progress(double? fraction, string? message) =>
        string.Join(' ', new[] { fraction is { } part ? Words.Invariant($"{part * 100:0} %") : null, message }.OfType<string>());
}
