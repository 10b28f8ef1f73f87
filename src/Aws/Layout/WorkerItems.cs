using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Commands;
using Jobs.Core.Workers;
using JobLabels = Jobs.Core.Definitions.Labels;

namespace Jobs.Aws.Layout;

/// <summary>
/// How a worker record lies in the Results table: one item per run, key <c>pk</c> = run id, <c>sk</c> = worker.
/// </summary>
public static class WorkerItems
{
    internal const string Launch = "launch";
    internal const string Task = "task";
    internal const string ClaimedAt = "claimedAt";
    internal const string HeartbeatAt = "heartbeatAt";
    internal const string CompletedAt = "completedAt";
    internal const string ExitCode = "exitCode";
    internal const string Progress = "progress";
    internal const string Result = "result";
    internal const string ResultKey = "resultKey";
    internal const string Error = "error";
    internal const string Children = "children";
    internal const string Checkpoint = "checkpoint";
    internal const string Labels = "labels";

    /// <summary>
    /// The launch up to which nothing is taken any more: the functions close one whose task has ended.
    /// </summary>
    internal const string Closed = "closed";

    /// <summary>
    /// What a claim clears, because an earlier launch left it. The checkpoint is what it left on purpose.
    /// </summary>
    internal static readonly IReadOnlyList<string> Leftovers =
    [
        HeartbeatAt, CompletedAt, ExitCode, Progress, Result, ResultKey, Error, Children, Labels,
        LongTexts.Attribute,
    ];

    /// <summary>Characters of a log line that are read: as many as the host writes.</summary>
    private const int MaxLogLine = 500;

    /// <summary>Log lines that are read: as many as the host writes.</summary>
    private const int MaxLogLines = 20;

    /// <summary>Characters of a stack that are read: as many as the host writes.</summary>
    private const int MaxStack = 8_192;

    /// <summary>
    /// Reads an item of the Results table. A job's own role may write there whatever it likes, so nothing is taken for
    /// granted: what is not as the host writes it is absent. Null when the item has no claim, which names launch, task
    /// and time.
    /// </summary>
    public static WorkerRecord? Read(IReadOnlyDictionary<string, AttributeValue> item)
    {
        if (LooseItem.Whole(item, Launch, 1, int.MaxValue) is not { } launch) return null;
        if (TaskOf(item) is not { } task || LooseItem.Instant(item, ClaimedAt) is not { } claimedAt) return null;
        var texts = LongTexts.Read(item);
        return new WorkerRecord(launch, task, claimedAt)
        {
            HeartbeatAt = LooseItem.Instant(item, HeartbeatAt),
            CompletedAt = LooseItem.Instant(item, CompletedAt),
            Progress = LooseItem.Map(item, Progress) is { } progress ? ReadProgress(progress) : null,
            ResultJson = LooseItem.Text(item, Result),
            ResultKey = LooseItem.Text(item, ResultKey),
            Error = LooseItem.Map(item, Error) is { } error ? ReadError(error, texts) : null,
            Children = LooseItem.Whole(item, Children, 1, ChildBlocks.MaxChildren),
            Labels = ReadLabels(item),
            ExitCode = LooseItem.Whole(item, ExitCode, int.MinValue, int.MaxValue),
            CheckpointJson = LooseItem.Text(item, Checkpoint),
            LogTail = [.. texts.Log.TakeLast(MaxLogLines).Select(line => Excerpt.Of(line, MaxLogLine))],
        };
    }

    /// <summary>
    /// ECS is asked about it together with the tasks of other runs, and refuses all when one is no ARN of a task.
    /// </summary>
    private static string? TaskOf(IReadOnlyDictionary<string, AttributeValue> item) =>
        LooseItem.Text(item, Task) is { Length: <= 512 } arn
        && arn.StartsWith("arn:", StringComparison.Ordinal)
        && arn.Contains(":task/", StringComparison.Ordinal)
            ? arn
            : null;

    /// <summary>One that is none, or too many of them, and there are none.</summary>
    private static string[] ReadLabels(IReadOnlyDictionary<string, AttributeValue> item) =>
        item.GetValueOrDefault(Labels)?.SS is { Count: > 0 } labels
        && labels.TrueForAll(JobLabels.IsLabel)
        && JobLabels.Fit(labels)
            ? [.. labels.Order(StringComparer.Ordinal)]
            : [];

    internal static AttributeValue Write(WorkerProgress progress)
    {
        var map = new Dictionary<string, AttributeValue>();
        if (progress.Fraction is { } fraction)
        {
            map["fraction"] = new AttributeValue { N = fraction.ToString("0.####", CultureInfo.InvariantCulture) };
        }

        if (progress.Message is { } message) map["message"] = new AttributeValue { S = message };
        return new AttributeValue { M = map, IsMSet = true };
    }

    /// <summary>Its stack is one of the <see cref="LongTexts"/>.</summary>
    internal static AttributeValue Write(WorkerError error)
    {
        var map = WriteWithoutMessage(error);
        map.M["message"] = new() { S = error.Message };
        return map;
    }

    /// <summary>Its message is one of the <see cref="LongTexts"/> too.</summary>
    internal static AttributeValue WriteWithoutMessage(WorkerError error) => new()
    {
        M = new() { ["type"] = new() { S = error.Type }, ["retryable"] = new() { BOOL = error.Retryable } },
    };

    internal static WorkerProgress ReadProgress(IReadOnlyDictionary<string, AttributeValue>? map) =>
        new(
            LooseItem.Number(map, "fraction") is >= 0 and <= 1 and var fraction ? fraction : null,
            LooseItem.Text(map, "message"));

    internal static WorkerError ReadError(IReadOnlyDictionary<string, AttributeValue>? map, LongTexts texts) => new(
        LooseItem.Text(map, "type") ?? "unknown",
        LooseItem.Text(map, "message") ?? texts.Message ?? "",
        texts.Stack is null ? null : Excerpt.Of(texts.Stack, MaxStack),
        map?.GetValueOrDefault("retryable")?.BOOL ?? true);
}
