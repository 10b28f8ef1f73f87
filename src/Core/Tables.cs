namespace Jobs.Core;

/// <summary>Keys and index keys of the two tables, Runs and Results. All are strings unless said otherwise.</summary>
public static class Tables
{
    /// <summary>
    /// Partition key of both tables; for a run's items the run id, whose job IAM's LeadingKeys match.
    /// </summary>
    public const string PartitionKey = "pk";

    /// <summary>Sort key of both tables: which item of the run.</summary>
    public const string SortKey = "sk";

    /// <summary>
    /// Partition key of the watch index, a shard of the stack: <c>0</c> to <c>3</c>. Absent when the sweep need not
    /// look at the run: it is over and owes nothing, or waits without a deadline.
    /// </summary>
    public const string WatchKey = "watch";

    /// <summary>Sort key of the watch index: when to look at the run again; ISO 8601 UTC with milliseconds.</summary>
    public const string NextCheckAt = "nextCheckAt";

    /// <summary>
    /// What the run uses of the stack's CPU budget, <c>&lt;launch&gt;:&lt;CPU units&gt;</c>; the watch index has it.
    /// Absent without a budget, and without a task.
    /// </summary>
    public const string CpuUsed = "cpu";

    /// <summary>
    /// Partition key of the waiting index: one of four shares of the jobs. Present only while the run waits to be
    /// launched.
    /// </summary>
    public const string WaitingKey = "waiting";

    /// <summary>
    /// Sort key of the waiting index: <c>&lt;job&gt;#&lt;place in the job's queue&gt;</c>, ISO 8601 UTC with
    /// milliseconds. One query passes from job to job, so the look does not grow with the jobs without waiting runs,
    /// and each job's order is the index's own.
    /// </summary>
    public const string TurnKey = "turn";

    /// <summary>Partition key of the history index: <c>&lt;job&gt;#&lt;shard&gt;</c>.</summary>
    public const string HistoryKey = "history";

    /// <summary>Sort key of the history index: when the run was asked for, ISO 8601 UTC with milliseconds.</summary>
    public const string CreatedAt = "createdAt";

    /// <summary>
    /// What a run is called, a set of <c>name=value</c>: in the history index too, which is searched by them.
    /// </summary>
    public const string Labels = "labels";

    /// <summary>Time to live, a number: epoch seconds. Present only when a run is over and owes nothing.</summary>
    public const string ExpiresAt = "expiresAt";

    /// <summary>
    /// Shards of the stack in the watch index, of the jobs in the waiting index, and of each job in the history index.
    /// A partition takes a thousand writes a second, and Fargate launches twenty tasks a second.
    /// </summary>
    public const int Shards = 4;

    /// <summary>Sort key of the run's control item in Runs.</summary>
    public const string RunItem = "run";

    /// <summary>Sort key of an input too large to ride on the control item, in Runs.</summary>
    public const string InputItem = "input";

    /// <summary>Partition in Runs of what is known about all jobs.</summary>
    public const string JobsPartition = "jobs";

    /// <summary>
    /// Sort key in <see cref="JobsPartition"/> of the names of all jobs that were ever deployed, a string set.
    /// </summary>
    public const string DeployedItem = "deployed";

    /// <summary>The names.</summary>
    public const string DeployedNames = "names";

    /// <summary>Partition in Runs of the slots of all capped jobs: <c>&lt;job&gt;#&lt;block&gt;</c>.</summary>
    public const string SlotsPartition = "slots";

    /// <summary>Partition in Runs of the replays, by the id that their sender chose.</summary>
    public const string ReplaysPartition = "replays";

    /// <summary>Sort key in <see cref="JobsPartition"/> of the catalog of the jobs as deployed.</summary>
    public const string CatalogItem = "catalog";

    /// <summary>The catalog as JSON.</summary>
    public const string CatalogJson = "json";

    /// <summary>Sort key in <see cref="JobsPartition"/> of what is paused.</summary>
    public const string PausesItem = "pauses";

    /// <summary>Sort key of the worker's record in Results.</summary>
    public const string WorkerItem = "worker";
}
