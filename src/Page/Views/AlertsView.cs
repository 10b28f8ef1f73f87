using Jobs.Cli.Output;
using Jobs.Cli.Reading;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>The causes that the admins were told of and that are not over.</summary>
internal static class AlertsView
{
    public static Html Render(Frame frame, StackStatus status) => Html.Of($"""
        <h1>Open alerts</h1>
        <div id="live" data-live>
        {(status.Alerts.Count == 0
            ? Parts.Nothing("No alert is open.")
            : Html.Of($"""<ul class="rows">{status.Alerts.OrderByDescending(alert => alert.LastAt).Select(alert => Row(frame, alert))}</ul>"""))}
        {status.UnreadableAlerts.Select(alert => Html.Of($"""<p class="fault">{alert}</p>"""))}
        </div>
        """);

    private static Html Row(Frame frame, AlertCause alert)
    {
        var kind = alert.Key switch { { IsMissing: true } => "missing", { IsStuck: true } => "stuck", _ => "failed" };
        var count = Words.Count(alert.Count, "run");
        return Html.Of($"""
            <li id="a-{alert.AlertId}"><b>{Parts.JobLink(alert.Key.Job)}</b> <span class="state yellow">{kind}</span>
            <span class="dim">{(alert.CountIsExact ? "" : "about ")}{count}, since {Parts.Ago(alert.OpenedAt, frame)}, last {Parts.Ago(alert.LastAt, frame)}</span>
            <p>{alert.Key.Reason}</p>
            <p>{First(alert)} <a href="{Addresses.Runs(alert.Key.Job, kind == "failed" ? "failed" : "active")}">{alert.Key.Job}: {kind} runs</a>
            <span class="dim">alert {alert.AlertId}</span></p></li>
            """);
    }

    private static Html First(AlertCause alert) =>
        RunId.TryParse($"{alert.Key.Job}/{alert.FirstRun}", out var run)
            ? Html.Of($"First run {Parts.Link(run)} ·")
            : default;
}
