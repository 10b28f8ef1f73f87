using Jobs.Cli.Output;
using Jobs.Cli.Reading;
using Jobs.Cli.Views;
using Jobs.Core.Runs;
using Jobs.Page.Ground;
using Jobs.Page.Reading;

namespace Jobs.Page.Views;

/// <summary>Runs, newest first, of what was asked for.</summary>
internal static class RunsView
{
    private static readonly (string Value, string Name)[] Spans =
    [
        ("", "Any time"), ("1h", "Last hour"), ("24h", "Last 24 hours"), ("7d", "Last 7 days"), ("30d", "Last 30 days"),
    ];

    private static readonly (string Value, string Name)[] Places =
    [
        (RunQuery.Error, "Error text"),
        (RunQuery.Key, "Upload's key"),
        (RunQuery.Label, "Label"),
        (RunQuery.Id, "Run id"),
    ];

    /// <param name="listing">
    /// Null while it is searched for, or when the query could not be read: <paramref name="fault"/> says why.
    /// </param>
    public static Html Render(
        Frame frame, RunQuery query, IReadOnlyList<string> jobs, RunListing? listing, string? fault) => Html.Of($"""
        <h1>Runs</h1>
        {Form(query, jobs)}
        {Html.When(fault is not null, $"""<p class="fault" role="alert">{fault}</p>""")}
        <div id="live" data-live>{Found(frame, query, listing, fault)}</div>
        """);

    /// <summary>A table of runs, each by what there is to say of it.</summary>
    public static Html Table(Frame frame, IEnumerable<RunReading> readings) => Html.Of($"""
        <table class="runs">
        <thead><tr><th scope="col">Run</th><th scope="col">State</th><th scope="col" class="wide">Asked</th><th scope="col" class="wide">Took</th></tr></thead>
        <tbody>{readings.Select(reading => Row(frame, reading))}</tbody>
        </table>
        """);

    private static Html Form(RunQuery query, IReadOnlyList<string> jobs) => Html.Of($"""
        <form method="get" action="/runs" class="filter" role="search">
        {Select("job", "Job", query.Job, jobs.Select(job => (job, job)).Prepend(("", "All jobs")))}
        {Select("state", "State", query.State, StateNames.All.Select(state => (state, state)).Prepend(("", "Any state")))}
        {Select("since", "Asked", query.Since, Spans)}
        {Select("in", "Search in", query.In, Places)}
        <label class="text">Text <input type="search" name="text" value="{query.Text}" maxlength="200" autocomplete="off"></label>
        <button>Show</button>
        </form>
        """);

    private static Html Select(
        string name, string label, string chosen, IEnumerable<(string Value, string Name)> options) => Html.Of($"""
        <label>{label} <select name="{name}">{options.Select(option => Html.Of(
            $"""<option value="{option.Value}"{Html.When(option.Value == chosen, $" selected")}>{option.Name}</option>"""))}</select></label>
        """);

    private static Html Found(Frame frame, RunQuery query, RunListing? listing, string? fault)
    {
        if (listing is not null) return List(frame, query, listing);
        return fault is null ? Parts.Nothing("Searching …") : default;
    }

    private static Html List(Frame frame, RunQuery query, RunListing listing) => Html.Of($"""
        {(listing.Runs.Count > 0 ? Table(frame, listing.Runs) : Parts.Nothing(None(listing)))}
        {listing.Unreadable.Select(run => Html.Of($"""<p class="fault">{run.Id.ToString()} cannot be read: {run.Why} {UnreadableRun.Remedy}</p>"""))}
        <p class="pages">{Html.When(query.Page.Length > 0, $"""<a href="{Addresses.Runs(query.Job, query.State)}">Newest</a>""")}
        {More(query, listing)}</p>
        """);

    private static string None(RunListing listing) => listing.Next is null
        ? "There are no such runs."
        : "None of the runs looked at are such. Older ones may be.";

    private static Html More(RunQuery query, RunListing listing) => listing.Next is { } next
        ? Html.Of($"""<a href="{query.AddressOf(next)}" rel="next">Older</a>""")
        : default;

    private static Html Row(Frame frame, RunReading reading)
    {
        var run = reading.Run;
        return Html.Of($"""
            <tr id="r-{run.Id.Key}"><td>{Parts.Link(run.Id)}<p class="what">{RunRows.What(reading, frame.Pauses, frame.Now, isScreen: false)}</p></td>
            <td>{Parts.State(reading.VisibleState)}<span class="narrow">{Parts.Ago(run.CreatedAt, frame)}</span></td>
            <td class="wide">{Parts.Ago(run.CreatedAt, frame)}</td>
            <td class="wide">{Words.Span((run.EndedAt ?? frame.Now) - run.CreatedAt)}</td></tr>
            """);
    }
}
