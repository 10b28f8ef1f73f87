using Jobs.Core;
using Jobs.Core.Runs;

namespace Jobs.Tests.Simulation.Models;

/// <summary>One partition key's value of a table or an index: the one place that says in which the items lie.</summary>
/// <param name="Of">The table or index.</param>
internal readonly record struct Partition(string Of, string Key, int Shard = 0)
{
    private const string RunsTable = "Runs";

    public static Partition Slots { get; } = new(RunsTable, "slots");

    public static Partition Budget { get; } = new(RunsTable, "budget");

    public static Partition Lease { get; } = new(RunsTable, "dispatch");

    public static Partition Alerts { get; } = new(RunsTable, "alerts");

    public static Partition Schedules { get; } = new(RunsTable, "schedules");

    public static Partition Drains { get; } = new(RunsTable, "queues");

    public static Partition Replays { get; } = new(RunsTable, "replays");

    public static Partition Jobs { get; } = new(RunsTable, Tables.JobsPartition);

    public static Partition Run(RunId run) => new(RunsTable, run.Key);

    /// <summary>Where the run lies in the active index.</summary>
    public static Partition Active(Run run) =>
        run.IsWaiting ? new(Names.ActiveIndex, run.Id.Job, -1)
            : new(Names.ActiveIndex, run.Id.Job, run.Id.Shard(Tables.Shards));

    public static Partition History(Run run) => new(Names.HistoryIndex, run.Id.Job, run.Id.Shard(Tables.Shards));

    public override string ToString() => Of == Names.ActiveIndex && Shard < 0 ? $"{Key}#waiting of index {Of}"
        : Of is Names.ActiveIndex or Names.HistoryIndex ? $"{Key}#{Shard} of index {Of}"
        : $"{Key} of table {Of}";
}
