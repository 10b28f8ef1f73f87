using Jobs.Cli.Output;
using Jobs.Cli.Reading;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>One run: what became of it, what to do, and how it got there.</summary>
internal static class RunView
{
    public static Html Render(Frame frame, RunDetail detail) => Html.Of($"""
        <div id="live" data-live data-over="{(detail.Run is { IsOver: true, Owed.IsEmpty: true } ? "yes" : "no")}">
        <div class="title"><h1>{detail.Run.Id.Job}/<wbr>{detail.Run.Id.Key}</h1>{Parts.State(detail.Reading.VisibleState)}
        <div class="acts">{Acts(frame, detail)}</div></div>
        {Verdict(detail)}
        {Stall(frame, detail)}
        {Facts(frame, detail)}
        <h2>Timeline</h2>
        {TimelineView.Render(frame, detail)}
        {Failures(detail)}
        {Json("Input", detail.Input)}
        {Json("Result", detail.Result)}
        {LargeResult(detail)}
        {Moments(frame, detail)}
        </div>
        {Log(detail.Run.Id)}
        """);

    /// <summary>A run that was asked for and is not there yet.</summary>
    public static Html Awaited(RunId run) => Html.Of($"""
        <div id="live" data-live data-anew><h1>{run.ToString()}</h1>
        <p class="nothing">This run is not there yet. One that was just asked for appears within seconds, and this page shows it then.</p></div>
        """);

    private static IEnumerable<Html> Acts(Frame frame, RunDetail detail)
    {
        var run = detail.Run;
        if (!run.IsOver)
        {
            if (CanInterrupt(frame, detail)) yield return Interrupt(frame, run);
            yield return Parts.Confirmed(
                Addresses.Move(run, "cancel"),
                "Cancel",
                "Its task gets SIGTERM, and SIGKILL after its stop timeout. The run is not repeated.",
                "End this run",
                Key(frame));
        }
        else if (run.Trigger != BacklogWatch.Trigger)
        {
            yield return Parts.Button(Addresses.Move(run, "retry"), "Retry", Key(frame));
        }
    }

    private static bool CanInterrupt(Frame frame, RunDetail detail) =>
        frame.IsLaptop
        && detail.Run.UsesSpot
        && (detail.Run.TaskArn ?? detail.Reading.CurrentWorker?.TaskArn) is not null
        && detail.Reading.VisibleState is RunState.Starting or RunState.Running;

    private static Html Interrupt(Frame frame, Run run) => Parts.Confirmed(
        Addresses.Move(run, "interrupt"),
        "Interrupt",
        "As Fargate Spot does when it takes its capacity back: the task has its stop timeout, and the run goes on in " +
        "another one.",
        "Take its task away",
        Key(frame));

    /// <summary>Pressed twice within a minute a button does one thing.</summary>
    private static string Key(Frame frame) => Words.Invariant($"page-{frame.Now.UtcDateTime:yyyyMMddHHmm}");

    private static Html Verdict(RunDetail detail)
    {
        var (verdict, state) = (detail.Run.Verdict, detail.Reading.VisibleState);
        if (verdict is null || state == RunState.Succeeded) return default;
        var bad = state is RunState.Failed or RunState.TimedOut;
        return Html.Of($"""
            <div class="verdict {(bad ? "red" : "yellow")}"><p><b>{verdict.Class.ToString()}</b> {verdict.Sentence}</p>
            {Html.When(verdict.NextStep.Length > 0, $"<p><b>Next:</b> {verdict.NextStep}</p>")}
            {Error(detail)}</div>
            """);
    }

    private static Html Error(RunDetail detail)
    {
        var error = detail.Reading.CurrentWorker?.Error ?? (detail.Attempts is [.., var last] ? last.Error : null);
        return error?.Stack is { } stack ? Html.Of($"""
            <details id="stack"><summary>{error.Type}</summary><pre tabindex="0" aria-label="Stack trace">{stack}</pre></details>
            """) : default;
    }

    private static Html Stall(Frame frame, RunDetail detail) =>
        StallWords.Of(detail.Run, frame.Now) is { } stall
            ? Html.Of($"""<div class="verdict yellow"><p><b>Stuck</b> {stall}</p></div>""")
            : default;

    private static Html Facts(Frame frame, RunDetail detail)
    {
        var (run, progress) = (detail.Run, detail.Reading.CurrentWorker?.Progress);
        return Parts.Facts(
            ("Job", Parts.JobLink(run.Id.Job)),
            ("Started by", Parts.Text(run.Trigger)),
            ("Priority", run.Priority > 0 ? Parts.Text(Words.Invariant($"{run.Priority}")) : null),
            ("By", run.By is { } by ? Parts.Text(by) : null),
            ("Cancelled by", run.Cancelled is { } cancelled ? Parts.Text(cancelled.By) : null),
            ("About", RunSubject.Of(run) is { } subject ? Parts.Text(subject) : null),
            ("Repeats", run.RetryOf is { } old ? Parts.Link(old) : null),
            ("Child of", run.Parent is { } parent ? Parts.Link(parent) : null),
            ("Owner", detail.Owner is { } owner ? Parts.Text(owner) : null),
            ("Labels", run.Labels.Length > 0 ? Parts.Text(string.Join(", ", run.Labels)) : null),
            ("Asked", Parts.Ago(run.CreatedAt, frame)),
            (run.IsOver ? "Took" : "Since", Parts.Text(Words.Span((run.EndedAt ?? frame.Now) - run.CreatedAt))),
            ("Attempt", Parts.Text(Words.Invariant($"{run.Attempt} of {run.Policy.Attempts}"))),
            ("Waits", WaitingReason.Of(detail.Reading, detail.Pauses, frame.Now) is { } why ? Parts.Text(why) : null),
            ("Children", detail.Children is { } children ? Parts.Text(Of(children)) : null),
            ("Progress", progress is not null && !run.IsOver ? Parts.Text(RunRows.TextOf(progress)) : null),
            ("Cost", detail.Cost is { Billed.Ticks: > 0 } cost ? Cost(cost) : null));
    }

    private static string Of(ChildrenDetail children) => Words.Invariant(
        $"{children.Count:N0}: {children.Begun:N0} begun, {children.Ended:N0} ended, {children.Failed:N0} failed");

    private static Html Cost(Core.Costs.RunCost cost) => Html.Of($"""
        <span title="{cost.Region} prices">about {Words.Dollars(cost.Dollars)} for {Words.Span(cost.Billed)} of Fargate</span>
        """);

    private static Html Failures(RunDetail detail) => detail.Children is { Failures: { Count: > 0 } failures }
        ? Html.Of($"""
            <h2>Children that failed</h2>
            <ul class="rows">{failures.Select(child => Html.Of($"""
                <li>{Parts.Link(child.Run)} {Parts.State(child.State ?? RunState.Unknown)}<p>{child.Error}</p></li>
                """))}</ul>
            """)
        : default;

    private static Html Json(string title, string? json) => json is null
        ? default
        : Html.Of($"<h2>{title}</h2>{JsonView.Render(title, json)}");

    private static Html LargeResult(RunDetail detail) => detail.ResultAt is { } url
        ? Html.Of($"<h2>Result</h2>{Parts.Typed($"aws s3 cp {CommandLines.Quoted(url)} -")}")
        : default;

    private static Html Moments(Frame frame, RunDetail detail) => Html.Of($"""
        <details id="moments"><summary>Every moment</summary><ol class="moments">{detail.Timeline.Select(moment => Html.Of(
            $"<li>{Parts.Text(Words.Clock(moment.At, frame.Zone))} {moment.What}</li>"))}</ol></details>
        """);

    private static Html Log(RunId run) => Html.Of($"""
        <div class="title"><h2>Log</h2><a href="{Addresses.Of(run)}/log.txt">as text</a></div>
        <div class="log" role="log" aria-label="Log" tabindex="0" data-log="{Addresses.Of(run)}/log"></div>
        """);
}
