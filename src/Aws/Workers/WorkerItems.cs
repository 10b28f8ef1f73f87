using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Jobs.Core.Workers;

namespace Jobs.Aws.Workers;

/// <summary>How a worker record lies in the Results table: one item per run, key <c>pk</c> = run id, <c>sk</c> = worker.</summary>
public static class WorkerItems
{
    internal const string Launch = "launch";
    internal const string Task = "task";
    internal const string ClaimedAt = "claimedAt";
    internal const string HeartbeatAt = "heartbeatAt";
    internal const string CompletedAt = "completedAt";
    internal const string Progress = "progress";
    internal const string Result = "result";
    internal const string ResultKey = "resultKey";
    internal const string Error = "error";
    internal const string Children = "children";
    internal const string Log = "log";
    internal const string Checkpoint = "checkpoint";

    /// <summary>The launch up to which nothing is taken any more: the functions close one whose task has ended.</summary>
    internal const string Closed = "closed";

    /// <summary>What a claim clears, because an earlier launch left it. The checkpoint is what it left on purpose.</summary>
    internal static readonly IReadOnlyList<string> Leftovers = [HeartbeatAt, CompletedAt, Progress, Result, ResultKey, Error, Children, Log];

    /// <summary>Reads an item of the Results table; null for one that no worker has claimed.</summary>
    internal static WorkerRecord? TryRead(IReadOnlyDictionary<string, AttributeValue> item) => item.ContainsKey(Launch) ? Read(item) : null;

    /// <summary>Reads an item of the Results table.</summary>
    /// <exception cref="FormatException">The item is not a worker record: a claim is missing.</exception>
    public static WorkerRecord Read(IReadOnlyDictionary<string, AttributeValue> item)
    {
        if (Items.NumberOf(item, Launch) is not { } launch || Items.TextOf(item, Task) is not { } task || Items.InstantOf(item, ClaimedAt) is not { } claimedAt)
        {
            throw new FormatException($"An item in Results is not a worker record: it lacks {Launch}, {Task} or {ClaimedAt}.");
        }

        return new WorkerRecord((int)launch, task, claimedAt)
        {
            HeartbeatAt = Items.InstantOf(item, HeartbeatAt),
            Progress = item.TryGetValue(Progress, out var progress) ? ReadProgress(progress.M) : null,
            ResultJson = Items.TextOf(item, Result),
            ResultKey = Items.TextOf(item, ResultKey),
            Error = item.TryGetValue(Error, out var error) ? ReadError(error.M) : null,
            Children = (int?)Items.NumberOf(item, Children),
            CheckpointJson = Items.TextOf(item, Checkpoint),
            LogTail = item.TryGetValue(Log, out var log) ? [.. (log.L ?? []).Select(line => line.S)] : [],
        };
    }

    internal static AttributeValue Write(WorkerProgress progress)
    {
        var map = new Dictionary<string, AttributeValue>();
        if (progress.Fraction is { } fraction) map["fraction"] = new AttributeValue { N = fraction.ToString("0.####", CultureInfo.InvariantCulture) };
        if (progress.Message is { } message) map["message"] = new AttributeValue { S = message };
        return new AttributeValue { M = map, IsMSet = true };
    }

    internal static AttributeValue Write(WorkerError error)
    {
        var map = new Dictionary<string, AttributeValue>
        {
            ["type"] = new() { S = error.Type },
            ["message"] = new() { S = error.Message },
            ["retryable"] = new() { BOOL = error.Retryable },
        };
        if (error.Stack is { } stack) map["stack"] = new AttributeValue { S = stack };
        return new AttributeValue { M = map };
    }

    internal static WorkerProgress ReadProgress(Dictionary<string, AttributeValue>? map) =>
        new(Items.NumberOf(map ?? [], "fraction"), Items.TextOf(map ?? [], "message"));

    internal static WorkerError ReadError(Dictionary<string, AttributeValue>? map) => new(
        Items.TextOf(map ?? [], "type") ?? "unknown",
        Items.TextOf(map ?? [], "message") ?? "",
        Items.TextOf(map ?? [], "stack"),
        map?.GetValueOrDefault("retryable")?.BOOL ?? true);
}
