using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Aws.Layout;

/// <summary>How a run lies in the Runs table: one control item, key <c>pk</c> = run id, <c>sk</c> = run.</summary>
internal static class RunItems
{
    public const string State = "state";
    public const string Input = "input";
    public const string InputKey = "inputKey";
    public const string Children = "children";
    public const string NotBefore = "notBefore";

    private const string Policy = "policy";
    private const string Verdict = "verdict";
    private const string Cause = "stopCause";

    /// <summary>
    /// All attributes that this version reads. What an item has besides is a newer version's, and is carried.
    /// </summary>
    private static readonly HashSet<string> Known =
    [
        Tables.PartitionKey, Tables.SortKey, Items.Format, Items.Version, State, "trigger", "schedule", Policy,
        Tables.HistoryKey, Tables.CreatedAt,
        "priority", "attempt", "launch", InputKey, "followed", "tellsSuccess", "parent", "childIndex", "maySubmit",
        Children, "array", "trace",
        Tables.Labels, "retryOf", "refusals",
        "interruptions", "unnamed", "deniedSince", "slot", "budgeted", "silence", "grown", "spot", "billed", Input,
        "task", Cause, Verdict, "owed",
        NotBefore, "launchedAt", "resentAt", "startedAt", "missingSince", "endedAt", "waitsSince", "stall",
        "paused", "by", "cancelled",
        Tables.NextCheckAt, Tables.WatchKey,
        Tables.CpuUsed, Tables.WaitingKey, Tables.TurnKey, Tables.ExpiresAt,
    ];

    public static Dictionary<string, AttributeValue> Write(Run run)
    {
        var item = Items.Key(run.Id.ToString(), Tables.RunItem);
        var carried = (Dictionary<string, AttributeValue>?)run.Carried?.Attributes ?? [];
        foreach (var (name, value) in carried) item[name] = value;
        item[Items.Format] = Items.Number(Items.CurrentFormat);
        if (run.State != RunState.Unknown) item[State] = Items.Text(run.State.ToString());
        item[Items.Version] = Items.Number(run.Version);
        item["trigger"] = Items.Text(run.Trigger);
        if (run.Schedule is { } schedule) item["schedule"] = Items.Text(schedule);
        if (!carried.ContainsKey(Policy))
        {
            item[Policy] = new AttributeValue { M = PolicyMaps.Write(run.Policy), IsMSet = true };
        }

        item[Tables.HistoryKey] = Items.Text(Partition(run.Id));
        item[Tables.CreatedAt] = Items.Instant(run.CreatedAt);
        if (run.Priority > 0) item["priority"] = Items.Number(run.Priority);
        if (run.Attempt != 1) item["attempt"] = Items.Number(run.Attempt);
        item["launch"] = Items.Number(run.Launch);
        if (run.InputKey is { } inputKey) item[InputKey] = Items.Text(inputKey);
        if (run.Followed) item["followed"] = new AttributeValue { BOOL = true };
        if (run.TellsSuccess) item["tellsSuccess"] = new AttributeValue { BOOL = true };
        if (run.Parent is { } parent) item["parent"] = Items.Text(parent.ToString());
        if (run.ChildIndex > 0) item["childIndex"] = Items.Number(run.ChildIndex);
        if (run.Trace is { } trace) item["trace"] = Items.Text(trace);
        if (run.MaySubmit) item["maySubmit"] = new AttributeValue { BOOL = true };
        if (run.Children > 0) item[Children] = Items.Number(run.Children);
        if (run.Array is { } array) item["array"] = new AttributeValue { M = Write(array) };
        if (!run.Labels.IsEmpty) item[Tables.Labels] = new AttributeValue { SS = [.. run.Labels] };
        if (run.By is { } by) item["by"] = Items.Text(by);
        if (run.Cancelled is { } cancelled) item["cancelled"] = new AttributeValue { M = Write(cancelled) };
        if (run.RetryOf is { } before) item["retryOf"] = Items.Text(before.ToString());
        if (run.Refusals > 0) item["refusals"] = Items.Number(run.Refusals);
        if (run.Interruptions > 0) item["interruptions"] = Items.Number(run.Interruptions);
        if (run.Unnamed > 0) item["unnamed"] = Items.Number(run.Unnamed);
        if (run.Slot is { } slot) item["slot"] = Items.Number(slot);
        if (run.Budgeted) item["budgeted"] = new AttributeValue { BOOL = true };
        if (run is { Budgeted: true, MayHaveTask: true })
        {
            item[Tables.CpuUsed] = Items.Text(
                string.Create(CultureInfo.InvariantCulture, $"{run.Launch}:{run.Size.Cpu}"));
        }

        if (run.Grown is { } grown) item["grown"] = Items.Text(grown.ToString());
        if (run.UsesSpot) item["spot"] = new AttributeValue { BOOL = true };
        if (run.Billed is { } billed) item["billed"] = Items.Seconds(billed);
        if (run.Input is { } input) item[Input] = Items.Text(input);
        if (run.TaskArn is { } task) item["task"] = Items.Text(task);
        if (run.StopCause is { } cause)
        {
            WriteKnown(item, Cause, cause != StopCause.Unknown, () => Items.Text(cause.ToString()));
        }
        else item.Remove(Cause);
        // The commonest end says itself: the item stays under a kilobyte.
        if (run.Verdict is { } verdict && !IsCommon(run))
        {
            WriteKnown(
                item, Verdict, verdict.Class != VerdictClass.Unknown, () => new AttributeValue { M = Write(verdict) });
        }
        else item.Remove(Verdict);
        if (!run.Owed.IsEmpty)
        {
            item["owed"] = new AttributeValue { SS = [.. run.Owed.Select(effect => effect.ToString())] };
        }

        WriteTimes(item, run);
        WriteIndexKeys(item, run);
        return item;
    }

    private static void WriteTimes(Dictionary<string, AttributeValue> item, Run run)
    {
        Put(item, NotBefore, run.NotBefore);
        Put(item, "launchedAt", run.LaunchedAt);
        Put(item, "resentAt", run.ResentAt);
        Put(item, "startedAt", run.StartedAt);
        Put(item, "missingSince", run.MissingSince);
        Put(item, "endedAt", run.EndedAt);
        Put(item, "waitsSince", run.WaitsSince);
        if (run.Stall is { } stall) item["stall"] = new AttributeValue { M = Write(stall) };
        if (run.Paused is { } paused) item["paused"] = new AttributeValue { M = Write(paused) };
        Put(item, "deniedSince", run.DeniedSince);
        if (run.Silence is { } silence) item["silence"] = new AttributeValue { M = Write(silence) };
    }

    /// <summary>
    /// Without the keys of an index the item is not in it; with an expiry DynamoDB may delete it. Never both.
    /// </summary>
    private static void WriteIndexKeys(Dictionary<string, AttributeValue> item, Run run)
    {
        if (run.NextCheckAt is { } next)
        {
            item[Tables.WatchKey] = Items.Text(WatchPartition(run.Id.Shard(Tables.Shards)));
            item[Tables.NextCheckAt] = Items.Instant(next);
        }

        if (run.TurnAt is { } turn)
        {
            item[Tables.WaitingKey] = Items.Text(WaitingPartition(run.Id.Job));
            item[Tables.TurnKey] = Items.Text(TurnOf(run.Id.Job, turn));
        }

        if (run is { NextCheckAt: null, TurnAt: null })
        {
            item[Tables.ExpiresAt] = Items.Expiry((run.EndedAt ?? run.CreatedAt) + Items.Retention);
        }
    }

    private static void WriteKnown(
        Dictionary<string, AttributeValue> item, string name, bool isKnown, Func<AttributeValue> value)
    {
        // What this version does not know stays as the item had it.
        if (isKnown) item[name] = value();
    }

    /// <exception cref="UnreadableRunException">Something of it is missing, or means nothing to this
    /// version.</exception>
    public static Run Read(Dictionary<string, AttributeValue> item)
    {
        try
        {
            return Parse(item);
        }
        catch (Exception e) when (
            e is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException
                or NullReferenceException)
        {
            throw new UnreadableRunException(IdOf(item), e.Message, e);
        }
    }

    private static RunId IdOf(Dictionary<string, AttributeValue> item) =>
        RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!);

    private static Run Parse(Dictionary<string, AttributeValue> item) => new(IdOf(item))
    {
        State = Items.EnumOf<RunState>(item, State)
            ?? throw new FormatException($"The item of run {Items.TextOf(item, Tables.PartitionKey)} has no state."),
        Carried = ReadCarried(item),
        Version = VersionedItems.VersionOf(item),
        Trigger = Items.TextOf(item, "trigger")!,
        Schedule = Items.TextOf(item, "schedule"),
        Policy = PolicyMaps.Read(item["policy"].M),
        CreatedAt = Items.InstantOf(item, Tables.CreatedAt)!.Value,
        Priority = Integer(item, "priority"),
        InputKey = Items.TextOf(item, InputKey),
        Followed = item.GetValueOrDefault("followed")?.BOOL ?? false,
        TellsSuccess = item.GetValueOrDefault("tellsSuccess")?.BOOL ?? false,
        Parent = Items.TextOf(item, "parent") is { } parent ? RunId.Parse(parent) : null,
        ChildIndex = Integer(item, "childIndex"),
        Trace = Items.TextOf(item, "trace"),
        MaySubmit = item.GetValueOrDefault("maySubmit")?.BOOL ?? false,
        Children = Integer(item, Children),
        Array = item.TryGetValue("array", out var array) ? ReadArray(array.M) : null,
        Labels = LabelsOf(item),
        RetryOf = Items.TextOf(item, "retryOf") is { } before ? RunId.Parse(before) : null,
        Attempt = (int)(Items.NumberOf(item, "attempt") ?? 1),
        Launch = Integer(item, "launch"),
        Refusals = Integer(item, "refusals"),
        Interruptions = Integer(item, "interruptions"),
        Unnamed = Integer(item, "unnamed"),
        DeniedSince = Items.InstantOf(item, "deniedSince"),
        Slot = (int?)Items.NumberOf(item, "slot"),
        Budgeted = item.GetValueOrDefault("budgeted")?.BOOL ?? false,
        Silence = item.TryGetValue("silence", out var silence)
            ? new(Items.InstantOf(silence.M, "since")!.Value, Items.InstantOf(silence.M, "seenAt")!.Value)
            : null,
        Grown = Items.TextOf(item, "grown") is { } grown ? TaskSize.Parse(grown) : null,
        UsesSpot = item.GetValueOrDefault("spot")?.BOOL ?? false,
        Billed = Items.SecondsOf(item, "billed"),
        Input = Items.TextOf(item, Input),
        TaskArn = Items.TextOf(item, "task"),
        StopCause = Items.EnumOf<StopCause>(item, Cause),
        Verdict = ReadVerdict(item),
        Owed = [.. (item.GetValueOrDefault("owed")?.SS ?? []).Select(Effect.Parse).Order(LaunchFirst)],
        NotBefore = Items.InstantOf(item, NotBefore),
        LaunchedAt = Items.InstantOf(item, "launchedAt"),
        ResentAt = Items.InstantOf(item, "resentAt"),
        StartedAt = Items.InstantOf(item, "startedAt"),
        MissingSince = Items.InstantOf(item, "missingSince"),
        EndedAt = Items.InstantOf(item, "endedAt"),
        WaitsSince = Items.InstantOf(item, "waitsSince"),
        Stall = item.TryGetValue("stall", out var stall) ? ReadStall(stall.M) : null,
        By = Items.TextOf(item, "by"),
        Cancelled = item.TryGetValue("cancelled", out var cancelled)
            ? new Cancellation(Items.InstantOf(cancelled.M, "at")!.Value, Items.TextOf(cancelled.M, "by")!)
            : null,
        Paused = item.TryGetValue("paused", out var paused) ? ReadPaused(paused.M) : null,
        NextCheckAt = Items.InstantOf(item, Tables.NextCheckAt),
        TurnAt = Items.TextOf(item, Tables.TurnKey) is { } turn
            ? Items.ParseInstant(turn[(turn.IndexOf('#', StringComparison.Ordinal) + 1)..])
            : null,
    };

    internal static ImmutableArray<string> LabelsOf(Dictionary<string, AttributeValue> item) =>
        item.GetValueOrDefault(Tables.Labels)?.SS is { Count: > 0 } labels
            ? [.. labels.Order(StringComparer.Ordinal)]
            : [];

    /// <summary>
    /// What is written back as it was read: attributes that this version does not know, names that it does not know,
    /// and the policy, which never changes.
    /// </summary>
    private static CarriedAttributes ReadCarried(Dictionary<string, AttributeValue> item)
    {
        var carried = item.Where(pair => !Known.Contains(pair.Key) || pair.Key is Policy)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        if (Items.EnumOf<RunState>(item, State) == RunState.Unknown) carried[State] = item[State];
        if (Items.EnumOf<StopCause>(item, Cause) == StopCause.Unknown) carried[Cause] = item[Cause];
        if (item.TryGetValue(Verdict, out var verdict) && ReadVerdictMap(verdict.M).Class == VerdictClass.Unknown)
        {
            carried[Verdict] = verdict;
        }

        return new CarriedAttributes(carried);
    }

    /// <summary>
    /// Partition of the job's waiting runs. All of a job are in one, so that their order is the index's own: it takes a
    /// thousand runs a second, fifty times the launch rate.
    /// </summary>
    public static string WaitingPartition(string job)
    {
        var hash = 0u;
        foreach (var letter in job) hash = (hash * 31) + letter;
        return WaitingPartition((int)(hash % Tables.Shards));
    }

    public static string WaitingPartition(int share) => share.ToString(CultureInfo.InvariantCulture);

    /// <summary>Sort key of the waiting index. No name of a job has the separator.</summary>
    public static string TurnOf(string job, DateTimeOffset at) => $"{job}#{Items.InstantText(at)}";

    public static string WatchPartition(int shard) => shard.ToString(CultureInfo.InvariantCulture);

    /// <summary>Partition of the run in the history.</summary>
    public static string Partition(RunId id) => Partition(id.Job, id.Shard(Tables.Shards));

    public static string Partition(string job, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{job}#{shard}");

    private static Comparer<Effect> LaunchFirst { get; } = Comparer<Effect>.Create(
        (one, other) => one.Kind.CompareTo(other.Kind));

    private static Dictionary<string, AttributeValue> Write(Verdict verdict)
    {
        var map = new Dictionary<string, AttributeValue>
        {
            ["class"] = Items.Text(verdict.Class.ToString()),
            ["action"] = Items.Text(verdict.Action.ToString()),
            ["sentence"] = Items.Text(verdict.Sentence),
        };
        // The commonest is left out: the item stays under a kilobyte.
        if (verdict.NextStep != NothingToDo) map["nextStep"] = Items.Text(verdict.NextStep);
        return map;
    }

    private const string NothingToDo = "Nothing to do.";

    private static bool IsCommon(Run run) => run.State == RunState.Succeeded && run.Verdict == TaskVerdicts.Done;

    private static Verdict? ReadVerdict(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(Verdict, out var verdict) ? ReadVerdictMap(verdict.M)
        : Items.EnumOf<RunState>(item, State) == RunState.Succeeded ? TaskVerdicts.Done
        : null;

    /// <summary>
    /// A verdict whose class or action this version does not know is of the class Unknown, and repeats nothing.
    /// </summary>
    internal static Verdict ReadVerdict(Dictionary<string, AttributeValue> map, string? sentence, string? nextStep)
    {
        var verdict = Items.EnumOf<VerdictClass>(map, "class") ?? VerdictClass.Unknown;
        var isKnown = Enum.TryParse<VerdictAction>(Items.TextOf(map, "action"), out var action)
            && verdict != VerdictClass.Unknown;
        return new(
            isKnown ? verdict : VerdictClass.Unknown,
            isKnown ? action : VerdictAction.GiveUp,
            sentence ?? "",
            nextStep ?? NothingToDo);
    }

    private static Verdict ReadVerdictMap(Dictionary<string, AttributeValue> map) =>
        ReadVerdict(map, Items.TextOf(map, "sentence"), Items.TextOf(map, "nextStep"));

    private static Dictionary<string, AttributeValue> Write(ArrayWork array) => new()
    {
        ["key"] = Items.Text(array.Key),
        ["count"] = Items.Number(array.Count),
        ["atOnce"] = Items.Number(array.AtOnce),
    };

    private static ArrayWork ReadArray(Dictionary<string, AttributeValue> map) =>
        new(Items.TextOf(map, "key")!, Integer(map, "count"), Integer(map, "atOnce"));

    private static Dictionary<string, AttributeValue> Write(Stall stall)
    {
        var map = new Dictionary<string, AttributeValue>
        {
            ["since"] = Items.Moment(stall.Since),
            ["reason"] = Items.Text(stall.Reason)
        };
        if (stall.Detail is { } detail) map["detail"] = Items.Text(detail);
        return map;
    }

    private static Dictionary<string, AttributeValue> Write(Cancellation cancelled) =>
        new() { ["at"] = Items.Moment(cancelled.At), ["by"] = Items.Text(cancelled.By) };

    private static Dictionary<string, AttributeValue> Write(PausedTime paused)
    {
        var map = new Dictionary<string, AttributeValue>
        {
            ["from"] = Items.Moment(paused.From),
            ["to"] = Items.Moment(paused.To),
            ["sum"] = Items.Seconds(paused.Sum),
        };
        if (paused.By is { } by) map["by"] = Items.Text(by);
        return map;
    }

    private static PausedTime ReadPaused(Dictionary<string, AttributeValue> map) =>
        new(Items.InstantOf(map, "from")!.Value,
            Items.InstantOf(map, "to")!.Value,
            Items.SecondsOf(map, "sum")!.Value)
        { By = Items.TextOf(map, "by") };

    private static Dictionary<string, AttributeValue> Write(Silence silence) => new()
    {
        ["since"] = Items.Moment(silence.Since),
        ["seenAt"] = Items.Moment(silence.SeenAt),
    };

    private static Stall ReadStall(Dictionary<string, AttributeValue> map) =>
        new(Items.InstantOf(map, "since")!.Value,
            Items.TextOf(map, "reason")!)
        { Detail = Items.TextOf(map, "detail") };

    private static void Put(Dictionary<string, AttributeValue> item, string name, DateTimeOffset? at)
    {
        if (at is { } instant) item[name] = Items.Moment(instant);
    }

    private static int Integer(Dictionary<string, AttributeValue> item, string name) =>
        (int)(Items.NumberOf(item, name) ?? 0);
}
