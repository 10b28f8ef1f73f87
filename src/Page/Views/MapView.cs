using Jobs.Cli.Output;
using Jobs.Cli.Reading;
using Jobs.Page.Ground;
using Jobs.Page.Reading;

namespace Jobs.Page.Views;

/// <summary>
/// What triggers what: drawn where there is room, a list where there is not. Both have the same links and numbers, and
/// a browser shows one of them.
/// </summary>
internal sealed class MapView(TriggerMap map, StackStatus? status, RecentCounts? recent, Frame frame)
{
    private readonly MapLayout _layout = new(map);

    private readonly Dictionary<string, JobActivity> _active = status is null
        ? []
        : JobActivity.Of(status.Active).ToDictionary(job => job.Job);

    public Html Render() => Html.Of($"""
        <div class="map" role="region" aria-label="What triggers what, drawn" tabindex="0">
        <svg width="{_layout.Width}" height="{_layout.Height}" viewBox="0 0 {_layout.Width} {_layout.Height}">
        <g class="links" aria-hidden="true">{Lines}</g>
        {_layout.Sources.Select(place => Node(place.Value, MapLayout.SourceHeight, Source(place.Key)))}
        {map.Jobs.Select(job => Node(_layout.Jobs[job.Name], MapLayout.JobHeight, Job(job)))}
        </svg>
        </div>
        <ul class="maplist" aria-label="What triggers what">{map.Jobs.Select(Listed)}</ul>
        """);

    private IEnumerable<Html> Lines =>
    [
        .. map.Sources.SelectMany(source => source.Jobs.Select(job => Line(
            _layout.Sources[source], MapLayout.SourceHeight, _layout.Jobs[job], "source"))),
        .. map.Links.Where(link => _layout.Jobs[link.From].X < _layout.Jobs[link.To].X).Select(link => Line(
            _layout.Jobs[link.From], MapLayout.JobHeight, _layout.Jobs[link.To], $"{link.Kind}".ToLowerInvariant())),
    ];

    /// <summary>From the middle of a node's right edge to the middle of a job's left edge.</summary>
    private static Html Line(MapPlace from, double height, MapPlace to, string kind)
    {
        var (x, y) = (from.X + MapLayout.NodeWidth, from.Y + (height / 2));
        var (endX, endY) = (to.X, to.Y + (MapLayout.JobHeight / 2));
        var bend = Math.Min(60, (endX - x) / 2);
        return Html.Of($"""
            <path class="{kind}" d="M{x} {y}C{x + bend} {y} {endX - bend} {endY} {endX - 7} {endY}"/>
            <path class="head" d="M{endX - 8} {endY - 4}l7 4l-7 4z"/>
            """);
    }

    private static Html Node(MapPlace place, double height, Html content) => Html.Of($"""
        <foreignObject x="{place.X}" y="{place.Y}" width="{MapLayout.NodeWidth}" height="{height}">{content}</foreignObject>
        """);

    private Html Source(MapSource source) => Html.Of($"""
        <div class="node source"><span class="kind">{source.Kind}</span><span class="name" title="{source.Label}">{source.Label}</span><span class="dim">{NumberOf(source)}</span></div>
        """);

    private Html Job(JobDefinition job) => Html.Of($"""
        <div class="node job"><a class="name" href="{Addresses.OfJob(job.Name)}">{job.Name}</a>{Numbers(job.Name)}</div>
        """);

    private Html Listed(JobDefinition job)
    {
        var sources = map.Sources.Where(source => source.Jobs.Contains(job.Name)).Select(source => Html.Of(
            $"""<li><span class="kind">{source.Kind}</span> {source.Label} <span class="dim">{NumberOf(source)}</span></li>"""));
        var links = map.Links.Where(link => link.To == job.Name).Select(link => Html.Of($"<li>{link.Words}</li>"));
        return Html.Of($"""
            <li class="node job"><a class="name" href="{Addresses.OfJob(job.Name)}">{job.Name}</a>{Numbers(job.Name)}
            <ul class="starts" aria-label="What starts it">{sources}{links}</ul></li>
            """);
    }

    /// <summary>A dash while a number is not known; a zero is said quietly.</summary>
    private Html Numbers(string job)
    {
        var active = _active.GetValueOrDefault(job);
        var running = active?.Count(RunState.Running) + active?.Count(RunState.Stopping) ?? 0;
        var waiting = active?.Runs.Count - running ?? 0;
        return Html.Of($"""
            <span class="numbers">{Number(status is null ? null : running, "running", "cyan", Addresses.Runs(job, "running"))}
            {Number(status is null ? null : waiting, "waiting", "blue", Addresses.Runs(job, "active"))}
            {Number(recent?.Failed.GetValueOrDefault(job), "failed", "red", Addresses.Runs(job, "failed"))}</span>
            """);
    }

    private static Html Number(int? number, string word, string color, string address) => number switch
    {
        null => Html.Of($"""<span class="dim">– {word}</span>"""),
        0 => Html.Of($"""<span class="dim">0 {word}</span>"""),
        { } some => Html.Of($"""<a class="{color}" href="{address}">{some} {word}</a>"""),
    };

    private string NumberOf(MapSource source)
    {
        if (source.Schedule is { } key) return Next(key.ToString());
        if (source.Queue is not { } name) return "";
        return status?.Queues.FirstOrDefault(queue => queue.Name == name) is { } queue
            ? Words.Invariant($"{queue.Depth.Visible + queue.Depth.Delayed} waiting, {queue.Depth.InFlight} in hand")
            : "";
    }

    private string Next(string schedule)
    {
        var times = status?.Schedules?.FirstOrDefault(one => one.Key.ToString() == schedule);
        return times switch
        {
            null => "",
            { Next: { } at } => Words.Ago(at, frame.Now),
            { Trigger.Disabled: true } => "off",
            _ => "never again",
        };
    }
}
