namespace Jobs.Page.Reading;

/// <summary>
/// Where everything of a map is drawn: what starts jobs in the first column, jobs in the columns behind it, each beside
/// what leads to it.
/// </summary>
internal sealed class MapLayout
{
    public const double NodeWidth = 228;
    public const double JobHeight = 66;
    public const double SourceHeight = 46;

    private const double ColumnGap = 64;
    private const double RowGap = 14;

    private readonly TriggerMap _map;
    private readonly Dictionary<int, double> _ends = [];

    public MapLayout(TriggerMap map)
    {
        _map = map;
        var depths = map.Jobs.ToDictionary(job => job.Name, job => map.DepthOf(job.Name));
        foreach (var job in map.Jobs.OrderBy(job => depths[job.Name])) Place(job.Name, 1 + depths[job.Name]);
        Width = (_ends.Count == 0 ? 0 : _ends.Keys.Max() * (NodeWidth + ColumnGap)) + NodeWidth;
        Height = Math.Max(JobHeight, _ends.Values.DefaultIfEmpty().Max() - RowGap);
    }

    public Dictionary<MapSource, MapPlace> Sources { get; } = [];

    public Dictionary<string, MapPlace> Jobs { get; } = [];

    public double Width { get; }

    public double Height { get; }

    private void Place(string job, int column)
    {
        var top = _ends.GetValueOrDefault(column);
        var sources = _map.Sources.Where(source => source.Jobs.Contains(job)).ToList();
        // The sources of a job begin where the job can be, so that it is beside them.
        foreach (var source in sources.Where(source => !Sources.ContainsKey(source)))
        {
            Sources[source] = At(0, Math.Max(_ends.GetValueOrDefault(0), column == 1 ? top : 0), SourceHeight);
        }

        var beside = sources.Select(source => Sources[source].Y + (SourceHeight / 2))
            .Concat(_map.Links.Where(link => link.To == job && Jobs.ContainsKey(link.From))
                .Select(link => Jobs[link.From].Y + (JobHeight / 2)))
            .ToList();
        var wanted = beside.Count == 0 ? top : beside.Average() - (JobHeight / 2);
        Jobs[job] = At(column, Math.Max(top, wanted), JobHeight);
    }

    private MapPlace At(int column, double y, double height)
    {
        _ends[column] = y + height + RowGap;
        return new MapPlace(column * (NodeWidth + ColumnGap), y);
    }
}
