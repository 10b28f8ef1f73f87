using Jobs.Cli.Output;
using Jobs.Cli.Reading;
using Jobs.Page.Ground;
using Jobs.Page.Reading;

namespace Jobs.Page.Views;

/// <summary>The tasks of a run on one scale, each by its phases. What is drawn is also said.</summary>
internal static class TimelineView
{
    private const double Wide = 1_000;
    private const double Least = 3;

    private static readonly string[] Kinds = ["waiting", "starting", "pulling", "running", "stopping"];

    public static Html Render(Frame frame, RunDetail detail)
    {
        var rows = TaskPhases.Of(detail);
        var (from, to) = (detail.Run.CreatedAt, detail.Run.EndedAt ?? frame.Now);
        return Html.Of($"""
            <p class="legend" aria-hidden="true">{Kinds.Select(kind => Html.Of($"""<span class="{kind}">{kind}</span>"""))}</p>
            <ol class="timeline">{rows.Select(row => Row(frame, row.Task, row.Phases, from, to))}</ol>
            """);
    }

    private static Html Row(
        Frame frame,
        RunTask? task,
        IReadOnlyList<TaskPhase> phases,
        DateTimeOffset from,
        DateTimeOffset to) => Html.Of($"""
        <li><div class="head">{(task is null ? Html.Of($"<b>Waits</b>") : Head(task))}</div>
        <svg viewBox="0 0 {Wide} 14" preserveAspectRatio="none" aria-hidden="true">{phases.Select(
            phase => Bar(phase, frame.Now, from, to))}</svg>
        <p class="spans">{phases.Select(phase => Html.Of(
            $"""<span>{phase.Kind} {Words.Span((phase.To ?? frame.Now) - phase.From)}</span> """))}</p>
        {(task is null ? default : End(task))}</li>
        """);

    private static Html Head(RunTask task)
    {
        var number = Words.Invariant($"Attempt {task.Attempt}");
        var launch = task.Launch == task.Attempt ? "" : Words.Invariant($", launch {task.Launch}");
        var size = task.Size is { } known ? Words.Size(known.Cpu, known.MemoryMiB) : "";
        return Html.Of($"""
            <b>{number}{launch}</b> <span class="dim">{size}{(task.Spot ? ", Spot" : "")}</span> <span class="dim wide">{TaskOf(task)}</span>
            """);
    }

    private static Html End(RunTask task) => task.Verdict switch
    {
        null => default,
        { Class: VerdictClass.Succeeded } => Html.Of($"""<p class="end green">Succeeded</p>"""),
        var verdict => Html.Of($"""
            <p class="end red">{verdict.Class.ToString()}{(task.ExitCode is { } code ? Words.Invariant($", exit code {code}") : "")}: {task.Error?.Message ?? verdict.Sentence}</p>
            """),
    };

    private static string TaskOf(RunTask task) =>
        task.TaskArn is { } arn ? $"task {arn[(arn.LastIndexOf('/') + 1)..]}" : "no task";

    private static Html Bar(TaskPhase phase, DateTimeOffset now, DateTimeOffset from, DateTimeOffset to)
    {
        var scale = Wide / Math.Max(1, (to - from).TotalMilliseconds);
        var x = Math.Clamp((phase.From - from).TotalMilliseconds * scale, 0, Wide - Least);
        var length = ((phase.To ?? now) - phase.From).TotalMilliseconds * scale;
        return Html.Of($"""
            <rect class="{phase.Kind}" x="{x}" width="{Math.Clamp(length, Least, Wide - x)}" height="14"/>
            """);
    }
}
