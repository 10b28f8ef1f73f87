using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Objects;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Testing;
using Jobs.Tests.InMemory;

namespace Jobs.Tests.Unit.Cli;

/// <summary>A stack in memory, with everything that commands did to it.</summary>
internal sealed class FakeStack : IStack, IRunLogs, IQueues, ICommandQueue, IUploadedObjects, IUploadVersions
{
    public const string BucketName = "the-bucket";

    public FakeStack()
    {
        Store = new InMemoryRunStore(Workers);
        History = new InMemoryRunHistory(Store, ["csv-import", "hourly-report"]);
    }

    public InMemoryWorkerRecords Workers { get; } = new();

    public InMemoryRunStore Store { get; }

    public InMemoryObjects Files { get; } = new();

    /// <summary>Null before the first tick has written it.</summary>
    public JobCatalog? Catalog { get; set; } = new(
        [
            new JobDefinition("csv-import") { Uploads = [new UploadTrigger("incoming/", ".csv")] },
            new JobDefinition("hourly-report") { Schedules = [new ScheduleTrigger("hourly", "rate(1 hour)")] },
        ]);

    /// <summary>Bodies sent to the commands queue.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>Carries out what is sent, at once; null where nothing does.</summary>
    public Func<string, Task>? CarryOut { get; set; }

    /// <summary>Log lines by stream.</summary>
    public Dictionary<string, List<LogLine>> Lines { get; } = [];

    /// <summary>When each function's log was last written to; a function that is not here does not exist.</summary>
    public Dictionary<string, DateTimeOffset?> Functions { get; } = [];

    public Dictionary<string, QueueDepth> Depths { get; } = new() { ["Uploads"] = new(0, 0, 0) };

    public Dictionary<string, List<DeadLetter>> Letters { get; } = new() { ["Undelivered"] = [], ["Uploads"] = [] };

    public StackPlace Place { get; set; } = new("jobs", "eu-central-1", null, new Dictionary<string, string>
    {
        [OutputNames.Bucket] = BucketName,
        [OutputNames.Cluster] = "cluster",
        [OutputNames.RunsTable] = "runs",
        [OutputNames.ResultsTable] = "results",
        [OutputNames.AlertTopic] = "topic",
        [OutputNames.Commands] = "queue",
    });

    public IRunStore Runs => Store;

    public IRunHistory History { get; set; }

    public InMemoryAlertCauses OpenAlerts { get; } = new();

    public IAlertCauses Alerts => OpenAlerts;

    public InMemoryChildren StoredChildren { get; } = new();

    public IChildren Children => StoredChildren;

    public InMemoryArrayCursors Cursors { get; } = new();

    public IArrayCursors ArrayCursors => Cursors;

    public IObjects Objects => Files;

    public IUploadedObjects Uploads => this;

    /// <summary>Older versions of objects, newest first; the newest are the files.</summary>
    public List<Upload> OldVersions { get; } = [];

    public IUploadVersions Versions => this;

    public InMemorySchedules FiredSchedules { get; } = new();

    public ISchedules Schedules => FiredSchedules;

    public InMemoryReplays StoredReplays { get; } = new();

    public IReplays Replays => StoredReplays;

    public IRunLogs Logs => this;

    public IQueues Queues => this;

    public ICommandQueue Commands => this;

    public InMemoryPauses StoredPauses { get; } = new();

    public IPauses Pauses => StoredPauses;

    public IReadOnlyList<string> Working => [.. Depths.Keys];

    public IReadOnlyList<string> DeadLetters => [.. Letters.Keys];

    public Task<JobCatalog> CatalogAsync(CancellationToken cancellation) =>
        Catalog is { } catalog
            ? Task.FromResult(catalog)
            : throw CliException.NotReady("Stack jobs has not said yet which jobs it has.");

    public Task SendAsync(string body, CancellationToken cancellation)
    {
        Sent.Add(body);
        return CarryOut?.Invoke(body) ?? Task.CompletedTask;
    }

    public Task<LogPage?> ReadAsync(string group, string stream, string? token, CancellationToken cancellation)
    {
        if (!Lines.TryGetValue(stream, out var lines)) return Task.FromResult<LogPage?>(null);
        var place = token is null ? 0 : int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult<LogPage?>(new LogPage([.. lines.Skip(place)], $"{lines.Count}"));
    }

    public Task<DateTimeOffset?> LastWrittenAsync(string group, CancellationToken cancellation) =>
        Functions.TryGetValue(group[(group.LastIndexOf('/') + 1)..], out var at)
            ? Task.FromResult(at)
            : throw CliException.Failed($"There is no log group {group}.");

    public Task<QueueDepth> DepthAsync(string name, bool deadLetters, CancellationToken cancellation) =>
        Task.FromResult(deadLetters ? new QueueDepth(Letters[name].Count, 0, 0) : Depths[name]);

    public Task<IReadOnlyList<DeadLetter>> PeekAsync(string name, int max, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. Letters[name].Take(max)]);

    public Task<int> MoveBackAsync(string name, int max, CancellationToken cancellation)
    {
        var count = Math.Min(max, Letters[name].Count);
        Letters[name].RemoveRange(0, count);
        return Task.FromResult(count);
    }

    public Task<IReadOnlyList<Upload>> PageAsync(
        string? bucket,
        string prefix,
        string? after,
        int limit,
        CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Upload>>(
    [
        .. Files.Keys(bucket ?? BucketName)
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0)
            .Take(limit)
            .Select(key => Files.Find(bucket ?? BucketName, key)!),
    ]);

    public Task<IReadOnlyList<Upload>> OfAsync(
        string? bucket, string key, int limit, CancellationToken cancellation)
    {
        var all = new[] { Files.Find(bucket ?? BucketName, key) }.OfType<Upload>()
            .Concat(OldVersions.Where(upload => upload.Key == key));
        return Task.FromResult<IReadOnlyList<Upload>>([.. all.Take(limit)]);
    }

    public void Dispose()
    {
        // Nothing outside memory.
    }
}
