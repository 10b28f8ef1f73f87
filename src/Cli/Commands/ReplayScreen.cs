using Jobs.Cli.Output;
using Jobs.Cli.Shapes;
using Jobs.Core;
using Jobs.Core.Replays;

namespace Jobs.Cli.Commands;

/// <summary>What a replay shows of itself.</summary>
internal sealed class ReplayScreen(CliContext cli, ReplayWish wish, CommandLines lines)
{
    /// <summary>A replay that left something out has not done what it was told to.</summary>
    public static int ExitCodeOf(ReplayProgressShape progress) => progress.IsGivenUp || progress.IsCancelled || (progress.IsOver && progress.Failed > 0) ? ExitCodes.Failed : ExitCodes.Done;

    public static ReplayProgressShape ProgressOf(Replay replay) => new(replay.Started, replay.Skipped, replay.Failed, replay.IsOver, replay.IsGivenUp, replay.IsCancelled, replay.Error);

    public void PrintPlan(ReplaySource what, ReplayFindings found)
    {
        var table = new TextTable("Job", "Would", "What");
        foreach (var item in found.Items)
        {
            var ran = item.RanAs is null ? new Cell("run", "green") : new Cell($"skip: {item.RanState}", "grey");
            table.Add(new Cell(item.Job ?? "-", "bold"), ran, item.What);
        }

        if (table.Count > 0) table.Print(cli);
        var size = Words.Invariant($"{(found.IsComplete ? "" : "more than ")}{found.Count:#,0}");
        if (found.Count > found.Items.Count) cli.Note(Words.Invariant($"and {found.Count - found.Items.Count:#,0} more"));
        if (found.Count == 0)
        {
            cli.WriteLine($"There are no {what.Title}: nothing to replay.");
            return;
        }

        var ranBefore = found.Ran == 0 ? "" : Words.Invariant($", of which {found.Ran:#,0} {(found.Ran == 1 ? "has" : "have")} run already and {(found.Ran == 1 ? "starts" : "start")} nothing");
        cli.WriteLine($"{size} {what.Title}{ranBefore}.");
        cli.Note($"That takes about {Words.Span(TimeSpan.FromMinutes((double)(found.Count - found.Ran) / wish.PerMinute))} at {wish.PerMinute} a minute.");
    }

    public void PrintHowTo() =>
        cli.Note($"Nothing was started. Do it: the same command with --yes{(wish.Force ? "" : "; what has run already is left out, unless --force")}");

    public void PrintEnd(ReplayProgressShape end)
    {
        var failed = end.Failed > 0 ? Words.Invariant($", {end.Failed:#,0} could not be started and {(end.Failed == 1 ? "was" : "were")} left out") : "";
        var state = end.IsGivenUp ? "Given up" : end.IsCancelled ? "Cancelled" : end.IsOver ? "Done" : "Under way";
        cli.WriteLine(Words.Invariant($"{state}: {Words.Count(end.Started, "run")} started, {end.Skipped:#,0} had run already{failed}."));
        if (end.Error is not null) cli.Fault(end.Error);
        if (end.IsGivenUp) cli.Note($"When the cause is mended, it goes on from where it is: {lines.ResumeReplay(wish.Id)}");
        else if (end.IsCancelled) cli.Note("Replay the same anew for the rest: what has run is left out.");
        else if (end.Failed > 0) cli.Note("When the cause is mended, replay the same anew: what has run is left out.");
        else if (end.Started > 0) cli.Note($"What becomes of them: {lines.FollowRuns()}");
    }

    public void WriteJson(string title, ReplayFindings found, bool isSent, ReplayProgressShape? progress) => cli.WriteJson(
        new ReplayShape(wish.Id, title, isSent, found.IsComplete ? found.Count : null, found.Ran, found.Items, progress), ShapeJson.Default.ReplayShape);
}
