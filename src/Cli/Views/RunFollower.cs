using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Views;

/// <summary>Stays with a run until it is over: what it logs on stdout, how it fares on stderr.</summary>
internal sealed class RunFollower(CliContext cli, IStack stack, LogTail tail)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long a command may take to become a run before something is wrong.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string? _last;

    private CommandLines Lines => stack.Place.Lines;

    /// <returns><see cref="ExitCodes.Done"/> when it succeeded, or was skipped by its schedule's policy; else
    /// <see cref="ExitCodes.Failed"/>.</returns>
    /// <exception cref="CliException">The run does not come.</exception>
    public async Task<int> FollowAsync(RunId id, CancellationToken cancellation)
    {
        for (var began = cli.Clock.GetTimestamp(); ; await Task.Delay(Interval, cli.Clock, cancellation))
        {
            if (await stack.Runs.ReadAsync(id, cancellation) is not { } reading)
            {
                if (cli.Clock.GetElapsedTime(began) > Patience) throw NotThere(id);
                continue;
            }

            Tell(reading, await stack.Pauses.ReadAsync(cancellation));
            await tail.PrintAsync(reading, cancellation);
            if (!reading.Run.IsOver) continue;
            // The last lines come a moment after the end.
            await Task.Delay(Interval, cli.Clock, cancellation);
            await tail.PrintAsync(reading, cancellation);
            return End(reading.Run);
        }
    }

    private void Tell(RunReading reading, PauseList pauses)
    {
        var state = reading.VisibleState;
        var what = reading.Run.IsOver ? "" : RunRows.What(reading, pauses, cli.Clock.GetUtcNow(), cli.IsScreen);
        if (_last == $"{state} {what}") return;
        _last = $"{state} {what}";
        if (!reading.Run.IsOver)
        {
            cli.Notes.WriteLine(new Cell($"{state}", RunStyles.Of(state)), " ", new Cell(what, "grey"));
        }
    }

    private int End(Run run)
    {
        var took = Words.Span((run.EndedAt ?? cli.Clock.GetUtcNow()) - run.CreatedAt);
        cli.Notes.WriteLine(new Cell($"{run.State}", RunStyles.Of(run.State)), $" after {took}.");
        if (run.State is RunState.Succeeded or RunState.Skipped)
        {
            cli.Note($"Its result: {Lines.Show(run.Id.ToString())}");
            return ExitCodes.Done;
        }

        if (run.Verdict is { } verdict)
        {
            cli.Fault(verdict.Sentence);
            if (verdict.NextStep.Length > 0) cli.Notes.WriteText(verdict.NextStep, "bold");
        }

        cli.Note($"All about it: {Lines.Show(run.Id.ToString())}   Again: {Lines.Retry(run.Id.ToString())}");
        return ExitCodes.Failed;
    }

    private CliException NotThere(RunId id) => CliException.Failed(
        $"Run {id} did not appear within {Patience.TotalMinutes} minutes. The command may have been refused: " +
        $"{Lines.DeadLetters(Names.CommandsQueue)}   Or the stack does not work: {Lines.Doctor()}");
}
