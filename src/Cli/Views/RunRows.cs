using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Cli.Views;

/// <summary>Runs as a listing.</summary>
internal static class RunRows
{
    /// <summary>Of a key on a screen the end says most.</summary>
    private const int MaxSubject = 32;

    public static void Print(
        CliContext cli, IEnumerable<RunReading> readings, PauseList pauses, DateTimeOffset now)
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
                What(reading, pauses, now, cli.IsScreen));
        }

        table.Print(cli.Data);
    }

    /// <summary>What it is about, and what there is to say of it: why it failed, why it waits, how far it is.</summary>
    public static string What(RunReading reading, PauseList pauses, DateTimeOffset now, bool isScreen)
    {
        var (subject, news) = (Subject(reading.Run, isScreen), NewsOf(reading, pauses, now));
        return (subject, news) switch
        {
            (null, null) => reading.Run.Trigger,
            (null, _) => news,
            (_, null) => subject,
            _ => $"{subject}: {news}",
        };
    }

    /// <summary>What it is about: on a screen the end of what is long.</summary>
    /// <returns>Null for a run of which only its sender knows.</returns>
    public static string? Subject(Run run, bool isScreen) =>
        RunSubject.Of(run) is { Length: > MaxSubject } subject && isScreen
            ? string.Concat("…", subject.AsSpan(subject.Length - MaxSubject + 1))
            : RunSubject.Of(run);

    public static string TextOf(WorkerProgress progress) => string.Join(
        ' ',
        new[] { progress.Fraction is { } part ? Words.Invariant($"{part * 100:0} %") : null, progress.Message }
            .OfType<string>());

    private static string? NewsOf(RunReading reading, PauseList pauses, DateTimeOffset now)
    {
        return reading switch
        {
            { Run: { IsOver: true, Verdict: { } verdict } run } when run.State != RunState.Succeeded =>
                verdict.Sentence,
            { Run.IsOver: true } => null,
            { CurrentWorker.Progress: { } progress } => TextOf(progress),
            _ => WaitingReason.Of(reading, pauses, now) is { } reason ? $"waits {reason}" : null,
        };
    }
}
