using Jobs.Cli.Output;
using Jobs.Cli.Reading;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>Schedules, the next first.</summary>
internal static class SchedulesView
{
    public static Html Render(Frame frame, IReadOnlyList<ScheduleTimes>? schedules) => Html.Of($"""
        <h1>Schedules</h1>
        <div id="live" data-live>{List(frame, schedules)}</div>
        """);

    private static Html List(Frame frame, IReadOnlyList<ScheduleTimes>? schedules) => schedules switch
    {
        null => Parts.Nothing("They are not known yet: the first tick says which there are."),
        { Count: 0 } => Parts.Nothing("No job of this stack has a schedule."),
        _ => Table(frame, schedules),
    };

    private static Html Table(Frame frame, IReadOnlyList<ScheduleTimes> schedules) => Html.Of($"""
        <table>
        <thead><tr><th scope="col">Schedule</th><th scope="col">Next</th><th scope="col" class="wide">At</th><th scope="col" class="wide">Last</th></tr></thead>
        <tbody>{schedules.Select(schedule => Row(frame, schedule))}</tbody>
        </table>
        """);

    private static Html Row(Frame frame, ScheduleTimes schedule) => Html.Of($"""
        <tr id="s-{schedule.Key.ToString()}"><td>{Parts.JobLink(schedule.Key.Job)}<p class="what">{schedule.Key.Name}: {schedule.Trigger.Expression} {schedule.Trigger.TimeZone}</p></td>
        <td>{(schedule.Next is { } next ? Parts.Ago(next, frame) : Parts.Text(schedule.Trigger.Disabled ? "off" : "never"))}</td>
        <td class="wide">{(schedule.Next is { } at ? Words.Planned(at, schedule.Trigger.TimeZone) : "")}</td>
        <td class="wide">{(schedule.Last is { } last ? Parts.Ago(last, frame) : Parts.Text("–"))}</td></tr>
        """);
}
