using Jobs.Cli.Ground;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Shapes;
using Jobs.Core;
using Jobs.Core.Replays;

namespace Jobs.Cli.Views;

/// <summary>What a replay shows of itself.</summary>
internal sealed class ReplayScreen(CliContext cli, ReplayWish wish, CommandLines lines)
{
    /// <summary>A replay that left something out has not done what it was told to.</summary>
    public static int ExitCodeOf(Replay replay) =>
        replay is { IsGivenUp: true } or { IsCancelled: true } or { IsOver: true, Failed: > 0 }
            ? ExitCodes.Failed
            : ExitCodes.Done;

    /// <summary>Shows what would be done, and asks whether to, unless it was told to. A script gets JSON.</summary>
    public async Task<bool> IsWantedAsync(string title, ReplayFindings found, CancellationToken cancellation)
    {
        if (!wish.Json) PrintPlan(title, found);
        var isAnything = found.Count > 0;
        if (isAnything && (wish.Yes || (!wish.Json && await cli.Ask("Do it?", cancellation) is true))) return true;
        if (wish.Json) WriteJson(title, found, null);
        else if (isAnything) PrintHowTo();
        return false;
    }

    public void PrintEnd(Replay end)
    {
        var was = end.Failed == 1 ? "was" : "were";
        var left = end.Failed == 0
            ? ""
            : Words.Invariant($", {end.Failed:#,0} could not be started and {was} left out");
        var state = end.IsGivenUp ? "Given up" : end.IsCancelled ? "Cancelled" : end.IsOver ? "Done" : "Under way";
        var sent = end.Sent == 0 ? "" : Words.Invariant($", {end.Sent:#,0} sent to queues");
        var started = Words.Count(end.Started, "run");
        cli.WriteLine(Words.Invariant($"{state}: {started} started{sent}, {end.Skipped:#,0} had run already{left}."));
        if (end.Error is not null) cli.Fault(end.Error);
        if (NextOf(end) is { } next) cli.Note(next);
    }

    /// <param name="progress">Null when it was only looked at.</param>
    public void WriteJson(string title, ReplayFindings found, ReplayProgressShape? progress) =>
        cli.WriteJson(ReplayShape.Of(wish.Id, title, found, progress), ShapeJson.Default.ReplayShape);

    private string? NextOf(Replay end) => end switch
    {
        { IsGivenUp: true } => $"When the cause is mended, it goes on from where it is: {lines.ResumeReplay(wish.Id)}",
        { IsCancelled: true } => "Replay the same anew for the rest: what has run is left out.",
        { Failed: > 0 } => "When the cause is mended, replay the same anew: what has run is left out.",
        { Sent: > 0 } => $"What becomes of the queues: {lines.Status()}",
        { Started: > 0 } => $"What becomes of them: {lines.FollowRuns()}",
        _ => null,
    };

    private void PrintPlan(string title, ReplayFindings found)
    {
        var table = new TextTable("Job", "Would", "What");
        foreach (var item in found.Items)
        {
            table.Add(new Cell(item.Job ?? "-", "bold"), WouldOf(item), item.What);
        }

        if (table.Count > 0) table.Print(cli.Data);
        var more = found.Count - found.Items.Count;
        if (more > 0) cli.Note(Words.Invariant($"and {more:#,0} more"));
        if (found.Count == 0)
        {
            cli.WriteLine($"There are no {title}: nothing to replay.");
            return;
        }

        var size = Words.Invariant($"{(found.IsComplete ? "" : "more than ")}{found.Count:#,0}");
        cli.WriteLine($"{size} {title}{RanBefore(found.Ran)}{Sent(found.Messages)}.");
        var time = TimeSpan.FromMinutes((double)(found.Count - found.Ran) / wish.PerMinute);
        cli.Note($"That takes about {Words.Span(time)} at {wish.PerMinute} a minute.");
    }

    private static Cell WouldOf(ReplayFinding item) => item switch
    {
        { Ran: { } ran } => new Cell($"skip: {ran.VisibleState}", "grey"),
        { IsMessage: true } => new Cell("send", "green"),
        _ => new Cell("run", "green"),
    };

    private static string Sent(int messages) => messages == 0
        ? ""
        : Words.Invariant(
            $", of which {messages:#,0} {(messages == 1 ? "goes" : "go")} into queues, whether handled before or not");

    private static string RanBefore(int ran) => ran switch
    {
        0 => "",
        1 => ", of which 1 has run already and starts nothing",
        _ => Words.Invariant($", of which {ran:#,0} have run already and start nothing"),
    };

    private void PrintHowTo()
    {
        var ran = wish.Force ? "" : "; what has run already is left out, unless --force";
        cli.Note($"Nothing was started. Do it: the same command with --yes{ran}");
    }
}
