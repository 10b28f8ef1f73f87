using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.Simulation.Models;

/// <summary>One partition key's value of a table or an index: the one place that says in which the items lie.</summary>
/// <param name="Of">The table or index.</param>
internal readonly record struct Partition(string Of, string Key, int Shard = 0)
{
    private const string RunsTable = "Runs";

    public static Partition Slots { get; } = new(RunsTable, "slots");

    public static Partition Lease { get; } = new(RunsTable, "dispatch");

    public static Partition Alerts { get; } = new(RunsTable, "alerts");

    public static Partition Schedules { get; } = new(RunsTable, "schedules");

    public static Partition Drains { get; } = new(RunsTable, "queues");

    public static Partition Replays { get; } = new(RunsTable, "replays");

    public static Partition Jobs { get; } = new(RunsTable, Tables.JobsPartition);

    public static Partition Run(RunId run) => new(RunsTable, run.Key);

    /// <summary>Where a run that is to be looked at lies in the watch index.</summary>
    public static Partition Watch(Run run) => new(Names.WatchIndex, "", run.Id.Shard(Tables.Shards));

    /// <summary>
    /// Where a run that waits lies in the waiting index: all of a job are in one partition, so that they are in order.
    /// </summary>
    public static Partition Waiting(string job)
    {
        var hash = 0u;
        foreach (var letter in job) hash = (hash * 31) + letter;
        return new(Names.WaitingIndex, "", (int)(hash % Tables.Shards));
    }

    public static Partition History(Run run) => new(Names.HistoryIndex, run.Id.Job, run.Id.Shard(Tables.Shards));

    public override string ToString() => Of == RunsTable ? $"{Key} of table {Of}" : $"{Key}#{Shard} of index {Of}";
}
