using System.Collections.Concurrent;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.State;

namespace Lapstack.Services.Logs;

/// <summary>CloudWatch Logs in the state folder. Metrics that lines carry go to CloudWatch.</summary>
internal sealed class LogStore : ILogs
{
    private const string GroupDocument = "group.json";
    private readonly ConcurrentDictionary<string, Lazy<LogGroup>> _groups = new(StringComparer.Ordinal);
    private readonly Lock _creating = new();
    private readonly ServiceState _state;
    private readonly TimeProvider _clock;

    private readonly IMetrics _metrics;
    private readonly Activity _activity;
    private volatile bool _isFull;

    public LogStore(StateFolder state, IMetrics metrics, Activity activity, TimeProvider clock)
    {
        (_state, _metrics, _activity, _clock) = (state.For("logs"), metrics, activity, clock);
        foreach (var folder in Directory.GetDirectories(_state.Folder).Select(Path.GetFileName))
            if (_state.Read<GroupState>($"{folder}/{GroupDocument}") is { } known)
                _groups[known.Name] = new Lazy<LogGroup>(() => Open(known));
    }

    public IReadOnlyList<LogGroup> Groups =>
        [.. _groups.Values.Select(g => g.Value).OrderBy(g => g.Name, StringComparer.Ordinal)];

    public bool Exists(string group) => _groups.ContainsKey(group);

    public LogGroup? Find(string group) => _groups.GetValueOrDefault(group)?.Value;

    /// <summary>
    /// Makes the group, or gives the one that exists its retention; streams older than that are dropped.
    /// </summary>
    /// <param name="retentionInDays">Null: for ever.</param>
    public LogGroup Ensure(string group, int? retentionInDays)
    {
        var known = Find(group);
        if (known is null || known.RetentionInDays != retentionInDays)
        {
            known = Keep(new GroupState(group, known?.CreatedAt ?? Now, retentionInDays));
        }

        known.Expire(_clock.GetUtcNow());
        return known;
    }

    public Task AppendAsync(string group, string stream, IReadOnlyList<LogLine> lines, CancellationToken cancellation)
    {
        try
        {
            Append(group, stream, lines);
            _isFull = false;
        }
        catch (IOException full) when (FullDisk.Is(full))
        {
            // The program that wrote them goes on.
            if (!_isFull) _activity.Report("Logs", "DiskFull", $"{FullDisk.Words(full)} Lines are lost meanwhile.");
            _isFull = true;
        }

        foreach (var line in lines) Measure(group, line.Message);
        return Task.CompletedTask;
    }

    private void Append(string group, string stream, IReadOnlyList<LogLine> lines)
    {
        var known = Find(group) ?? Create(group);
        // Each environment and each task has a stream of its own: where they come, they also go.
        if (known.Append(stream, lines, Now)) known.Expire(_clock.GetUtcNow());
    }

    /// <summary>
    /// A line that breaks the format's rules is kept as any other, as CloudWatch does, and reported at the terminal.
    /// </summary>
    private void Measure(string group, string line)
    {
        try
        {
            foreach (var (metric, value, at) in EmbeddedMetrics.Read(line)) _metrics.Add(metric, value, at);
        }
        catch (FormatException broken)
        {
            _activity.Report(
                "CloudWatch",
                "EmbeddedMetricRefused",
                $"A line of {group} has metrics that CloudWatch does not take: {broken.Message}.");
        }
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private LogGroup Create(string name)
    {
        lock (_creating) return Find(name) ?? Keep(new GroupState(name, Now, null));
    }

    private LogGroup Keep(GroupState state)
    {
        _state.Write($"{FileNames.Hash(state.Name)}/{GroupDocument}", state);
        var group = Open(state);
        _groups[state.Name] = new Lazy<LogGroup>(group);
        return group;
    }

    private LogGroup Open(GroupState state) =>
        new(
            Path.Combine(_state.Folder, FileNames.Hash(state.Name)),
            state.Name,
            state.CreatedAt,
            state.RetentionInDays);

    private sealed record GroupState(string Name, long CreatedAt, int? RetentionInDays);
}
