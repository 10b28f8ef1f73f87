namespace Jobs.Core;

/// <summary>Keys and index keys of the two tables, Runs and Results. All are strings unless said otherwise.</summary>
public static class Tables
{
    /// <summary>Partition key of both tables; for a run's items the run id, whose job IAM's LeadingKeys match.</summary>
    public const string PartitionKey = "pk";

    /// <summary>Sort key of both tables: which item of the run.</summary>
    public const string SortKey = "sk";

    /// <summary>
    /// Partition key of the active index: <c>&lt;job&gt;#waiting</c> of a run that waits to be launched, else <c>&lt;job&gt;#&lt;shard&gt;</c>.
    /// Absent when a run is over and owes nothing.
    /// </summary>
    public const string ActiveKey = "active";

    /// <summary>Sort key of the active index: when to look at the run again, or its place in the queue; ISO 8601 UTC with milliseconds.</summary>
    public const string NextCheckAt = "nextCheckAt";

    /// <summary>Partition key of the history index: <c>&lt;job&gt;#&lt;shard&gt;</c>.</summary>
    public const string HistoryKey = "history";

    /// <summary>Sort key of the history index: when the run was asked for, ISO 8601 UTC with milliseconds.</summary>
    public const string CreatedAt = "createdAt";

    /// <summary>Time to live, a number: epoch seconds. Present only when a run is over and owes nothing.</summary>
    public const string ExpiresAt = "expiresAt";

    /// <summary>Shards of each job's partition in both indexes.</summary>
    public const int Shards = 16;

    /// <summary>Sort key of the run's control item in Runs.</summary>
    public const string RunItem = "run";

    /// <summary>Sort key of an input too large to ride on the control item, in Runs.</summary>
    public const string InputItem = "input";

    /// <summary>Partition in Runs of what is known about all jobs.</summary>
    public const string JobsPartition = "jobs";

    /// <summary>Partition in Runs of the replays, by the id that their sender chose.</summary>
    public const string ReplaysPartition = "replays";

    /// <summary>Sort key in <see cref="JobsPartition"/> of the catalog of the jobs as deployed.</summary>
    public const string CatalogItem = "catalog";

    /// <summary>The catalog as JSON.</summary>
    public const string CatalogJson = "json";

    /// <summary>Sort key of the worker's record in Results.</summary>
    public const string WorkerItem = "worker";
}
