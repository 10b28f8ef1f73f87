using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Aws.Runs;

/// <summary>How a run lies in the Runs table: one control item, key <c>pk</c> = run id, <c>sk</c> = run.</summary>
internal static class RunItems
{
    public const string State = "state";
    public const string Input = "input";
    public const string InputKey = "inputKey";
    public const string Children = "children";
    public const string NotBefore = "notBefore";

    /// <summary>When a run that waits has had its time as a whole, for a query to find it; derived, and never read back.</summary>
    public const string EndBy = "endBy";

    public static Dictionary<string, AttributeValue> Write(Run run)
    {
        var partition = Partition(run.Id);
        var item = Items.Key(run.Id.ToString(), Tables.RunItem);
        item[State] = Items.Text(run.State.ToString());
        item[Items.Version] = Items.Number(run.Version);
        item["trigger"] = Items.Text(run.Trigger);
        if (run.Schedule is { } schedule) item["schedule"] = Items.Text(schedule);
        item["policy"] = new AttributeValue { M = PolicyMaps.Write(run.Policy) };
        item[Tables.HistoryKey] = Items.Text(partition);
        item[Tables.CreatedAt] = Items.Instant(run.CreatedAt);
        if (run.Priority > 0) item["priority"] = Items.Number(run.Priority);
        item["attempt"] = Items.Number(run.Attempt);
        item["launch"] = Items.Number(run.Launch);
        if (run.InputKey is { } inputKey) item[InputKey] = Items.Text(inputKey);
        if (run.Followed) item["followed"] = new AttributeValue { BOOL = true };
        if (run.Parent is { } parent) item["parent"] = Items.Text(parent.ToString());
        if (run.ChildIndex > 0) item["childIndex"] = Items.Number(run.ChildIndex);
        if (run.MaySubmit) item["maySubmit"] = new AttributeValue { BOOL = true };
        if (run.Children > 0) item[Children] = Items.Number(run.Children);
        if (run.Array is { } array) item["array"] = new AttributeValue { M = Write(array) };
        if (run.RetryOf is { } before) item["retryOf"] = Items.Text(before.ToString());
        if (run.Refusals > 0) item["refusals"] = Items.Number(run.Refusals);
        if (run.Interruptions > 0) item["interruptions"] = Items.Number(run.Interruptions);
        if (run.Grown is { } grown) item["grown"] = Items.Text(grown.ToString());
        if (run.UsesSpot) item["spot"] = new AttributeValue { BOOL = true };
        if (run.Billed is { } billed) item["billed"] = Items.Seconds(billed);
        if (run.Input is { } input) item[Input] = Items.Text(input);
        if (run.TaskArn is { } task) item["task"] = Items.Text(task);
        if (run.StopCause is { } cause) item["stopCause"] = Items.Text(cause.ToString());
        if (run.Verdict is { } verdict) item["verdict"] = new AttributeValue { M = Write(verdict) };
        if (!run.Owed.IsEmpty) item["owed"] = new AttributeValue { SS = [.. run.Owed.Select(effect => effect.ToString())] };
        Put(item, NotBefore, run.NotBefore);
        Put(item, "launchedAt", run.LaunchedAt);
        Put(item, "resentAt", run.ResentAt);
        Put(item, "startedAt", run.StartedAt);
        Put(item, "missingSince", run.MissingSince);
        Put(item, "endedAt", run.EndedAt);
        Put(item, "waitsSince", run.WaitsSince);
        if (run.Stall is { } stall) item["stall"] = new AttributeValue { M = new() { ["since"] = Items.Instant(stall.Since), ["reason"] = Items.Text(stall.Reason) } };
        Put(item, Tables.NextCheckAt, run.NextCheckAt);
        if (run.IsWaiting) Put(item, EndBy, RunTimes.RunDeadline(run));
        // Without this key the item is not in the active index; with an expiry DynamoDB may delete it. Never both.
        if (run.NextCheckAt is not null) item[Tables.ActiveKey] = Items.Text(run.IsWaiting ? WaitingPartition(run.Id.Job) : partition);
        else item[Tables.ExpiresAt] = Items.Expiry((run.EndedAt ?? run.CreatedAt) + Items.Retention);
        return item;
    }

    public static Run Read(Dictionary<string, AttributeValue> item) => new(RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!))
    {
        State = Enum.Parse<RunState>(Items.TextOf(item, State)!),
        Version = Integer(item, Items.Version),
        Trigger = Items.TextOf(item, "trigger")!,
        Schedule = Items.TextOf(item, "schedule"),
        Policy = PolicyMaps.Read(item["policy"].M),
        CreatedAt = Items.InstantOf(item, Tables.CreatedAt)!.Value,
        Priority = Integer(item, "priority"),
        InputKey = Items.TextOf(item, InputKey),
        Followed = item.GetValueOrDefault("followed")?.BOOL ?? false,
        Parent = Items.TextOf(item, "parent") is { } parent ? RunId.Parse(parent) : null,
        ChildIndex = Integer(item, "childIndex"),
        MaySubmit = item.GetValueOrDefault("maySubmit")?.BOOL ?? false,
        Children = Integer(item, Children),
        Array = item.TryGetValue("array", out var array) ? ReadArray(array.M) : null,
        RetryOf = Items.TextOf(item, "retryOf") is { } before ? RunId.Parse(before) : null,
        Attempt = Integer(item, "attempt"),
        Launch = Integer(item, "launch"),
        Refusals = Integer(item, "refusals"),
        Interruptions = Integer(item, "interruptions"),
        Grown = Items.TextOf(item, "grown") is { } grown ? TaskSize.Parse(grown) : null,
        UsesSpot = item.GetValueOrDefault("spot")?.BOOL ?? false,
        Billed = Items.SecondsOf(item, "billed"),
        Input = Items.TextOf(item, Input),
        TaskArn = Items.TextOf(item, "task"),
        StopCause = Items.TextOf(item, "stopCause") is { } cause ? Enum.Parse<StopCause>(cause) : null,
        Verdict = item.TryGetValue("verdict", out var verdict) ? ReadVerdict(verdict.M) : null,
        Owed = [.. (item.GetValueOrDefault("owed")?.SS ?? []).Select(Effect.Parse).Order(LaunchFirst)],
        NotBefore = Items.InstantOf(item, NotBefore),
        LaunchedAt = Items.InstantOf(item, "launchedAt"),
        ResentAt = Items.InstantOf(item, "resentAt"),
        StartedAt = Items.InstantOf(item, "startedAt"),
        MissingSince = Items.InstantOf(item, "missingSince"),
        EndedAt = Items.InstantOf(item, "endedAt"),
        WaitsSince = Items.InstantOf(item, "waitsSince"),
        Stall = item.TryGetValue("stall", out var stall) ? new(Items.InstantOf(stall.M, "since")!.Value, Items.TextOf(stall.M, "reason")!) : null,
        NextCheckAt = Items.InstantOf(item, Tables.NextCheckAt),
    };

    /// <summary>
    /// Partition of the job's waiting runs in the active index. One, so that their order is the index's own: it takes a thousand runs a
    /// second, fifty times the launch rate.
    /// </summary>
    public static string WaitingPartition(string job) => $"{job}#waiting";

    /// <summary>Partition of the run in both indexes, unless it waits.</summary>
    public static string Partition(RunId id) => Partition(id.Job, id.Shard(Tables.Shards));

    public static string Partition(string job, int shard) => string.Create(CultureInfo.InvariantCulture, $"{job}#{shard}");

    private static Comparer<Effect> LaunchFirst { get; } = Comparer<Effect>.Create((one, other) => one.Kind.CompareTo(other.Kind));

    internal static Dictionary<string, AttributeValue> Write(Verdict verdict) => new()
    {
        ["class"] = Items.Text(verdict.Class.ToString()),
        ["cure"] = Items.Text(verdict.Cure.ToString()),
        ["sentence"] = Items.Text(verdict.Sentence),
        ["nextStep"] = Items.Text(verdict.NextStep),
    };

    internal static Verdict ReadVerdict(Dictionary<string, AttributeValue> map) => new(
        Enum.Parse<VerdictClass>(Items.TextOf(map, "class")!),
        Enum.Parse<Cure>(Items.TextOf(map, "cure")!),
        Items.TextOf(map, "sentence")!,
        Items.TextOf(map, "nextStep")!);

    private static Dictionary<string, AttributeValue> Write(ArrayWork array) => new()
    {
        ["key"] = Items.Text(array.Key),
        ["count"] = Items.Number(array.Count),
        ["atOnce"] = Items.Number(array.AtOnce),
        ["begun"] = Items.Number(array.Begun),
        ["offset"] = Items.Number(array.Offset),
    };

    private static ArrayWork ReadArray(Dictionary<string, AttributeValue> map) => new(Items.TextOf(map, "key")!, Integer(map, "count"), Integer(map, "atOnce"))
    {
        Begun = Integer(map, "begun"),
        Offset = (long)(Items.NumberOf(map, "offset") ?? 0),
    };

    private static void Put(Dictionary<string, AttributeValue> item, string name, DateTimeOffset? at)
    {
        if (at is { } instant) item[name] = Items.Instant(instant);
    }

    private static int Integer(Dictionary<string, AttributeValue> item, string name) => (int)(Items.NumberOf(item, name) ?? 0);
}
