using Jobs.Cli.Output;
using Jobs.Cli.Reading;
using Jobs.Cli.Views;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Page.Ground;
using Jobs.Page.Reading;

namespace Jobs.Page.Views;

/// <summary>The stack at a glance. What is not known yet is left out, and comes with the browser's next look.</summary>
internal static class HomeView
{
    public static Html Render(Frame frame, JobCatalog? catalog, RecentCounts? recent) => Html.Of($"""
        <h1 class="quiet">Overview</h1>
        <div id="live" data-live>
        {Tiles(frame.Status, recent)}
        <h2>What triggers what</h2>
        {Map(frame, catalog, recent)}
        <div class="columns">
        <section><h2>Waiting longest</h2>{Rows(frame, frame.Status?.Pending, WhyWaiting, "Nothing waits.")}</section>
        <section><h2>Last failures</h2>{Rows(frame, frame.Status?.Failures, WhyFailed, "None of the newest runs failed.")}</section>
        </div>
        </div>
        """);

    private static Html Map(Frame frame, JobCatalog? catalog, RecentCounts? recent) => catalog switch
    {
        null => Parts.Nothing("The jobs are not known yet: a stack says them within a minute of its start."),
        { Jobs.Count: 0 } => Parts.Nothing("This stack has no jobs. Add a class with [Job] and deploy."),
        _ => new MapView(TriggerMap.Of(catalog), frame.Status, recent, frame).Render(),
    };

    private static Html Tiles(StackStatus? status, RecentCounts? recent)
    {
        var running = status?.Active.Count(reading => reading.VisibleState is RunState.Running or RunState.Stopping);
        return Html.Of($"""
            <ul class="tiles">
            {Tile(running, "running", "cyan", Addresses.Runs(state: "running"))}
            {Tile(status?.Active.Count - running, "waiting", "blue", Addresses.Runs(state: "active"))}
            {Tile(recent?.Failed.Values.Sum(), $"failed in {recent?.Span ?? "24 h"}", "red", Addresses.Runs(state: "failed"))}
            {Tile(status?.Queues.Sum(queue => queue.DeadLetters), "dead letters", "red", "/queues")}
            {Tile(status?.Alerts.Count, "open alerts", "yellow", "/alerts")}
            </ul>
            """);
    }

    private static Html Tile(int? number, string word, string color, string address) => Html.Of($"""
        <li><a href="{address}" class="{(number > 0 ? color : "dim")}"><b>{(number is { } known ? Words.Invariant($"{known:#,0}") : "–")}</b> {word}</a></li>
        """);

    private static Html Rows(
        Frame frame, IEnumerable<RunReading>? readings, Func<RunReading, Frame, string> why, string nothing)
    {
        var rows = readings?.ToList();
        if (rows is null) return Parts.Nothing("Reading the stack…");
        return rows.Count == 0 ? Parts.Nothing(nothing) : Html.Of($"""
            <ul class="rows">{rows.Select(reading => Html.Of($"""
                <li>{Parts.Link(reading.Run.Id)} <span class="dim">{Parts.Ago(reading.Run.EndedAt ?? reading.Run.CreatedAt, frame)}</span>
                <p>{why(reading, frame)}</p></li>
                """))}</ul>
            """);
    }

    private static string WhyWaiting(RunReading reading, Frame frame) =>
        About(reading, WaitingReason.Of(reading, frame.Pauses, frame.Now) ?? "");

    private static string WhyFailed(RunReading reading, Frame frame) =>
        About(reading, reading.Run.Verdict?.Sentence ?? reading.Run.State.ToString());

    private static string About(RunReading reading, string why) =>
        RunRows.Subject(reading.Run, isScreen: true) is { } subject ? $"{subject}: {why}" : why;
}
