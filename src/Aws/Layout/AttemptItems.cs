using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Ecs;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;

namespace Jobs.Aws.Layout;

/// <summary>
/// How an attempt lies in the Runs table: key <c>pk</c> = run id, <c>sk</c> = attempt#&lt;launch&gt;.
/// </summary>
internal static class AttemptItems
{
    public const string SortPrefix = "attempt#";

    /// <summary>Characters of ECS's own text that are kept: an item has at most 400 KB.</summary>
    private const int MaxEcs = 300_000;

    public static Dictionary<string, AttributeValue> Write(Attempt attempt, DateTimeOffset expiry)
    {
        var item = Items.Key(
            attempt.Launch.Run.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{SortPrefix}{attempt.Launch.Number:0000}"));
        item[Items.Format] = Items.Number(Items.CurrentFormat);
        item["launch"] = Items.Number(attempt.Launch.Number);
        item["number"] = Items.Number(attempt.Number);
        item["class"] = Items.Text(attempt.Verdict.Class.ToString());
        item["action"] = Items.Text(attempt.Verdict.Action.ToString());
        item[Tables.ExpiresAt] = Items.Expiry(expiry);
        if (attempt.StartedAt is { } started) item["startedAt"] = Items.Moment(started);
        if (attempt.EndedAt is { } ended) item["endedAt"] = Items.Moment(ended);
        if (attempt.Size is { } size) item["size"] = Items.Text(size.ToString());
        if (attempt.Spot) item["spot"] = new AttributeValue { BOOL = true };
        if (attempt.Billed is { } billed) item["billed"] = Items.Seconds(billed);
        if (attempt.Progress is { } progress) item["progress"] = WorkerItems.Write(progress);
        if (attempt.ExitCode is { } code) item["exitCode"] = Items.Number(code);
        if (attempt.Error is { } error) item["error"] = WorkerItems.WriteWithoutMessage(error);
        if (TextsOf(attempt).Pack() is { } packed) item[LongTexts.Attribute] = packed;
        return item;
    }

    private static LongTexts TextsOf(Attempt attempt)
    {
        var ecs = attempt.Ecs is { } description ? StoppedTaskText.Of(description) : null;
        return new LongTexts
        {
            Stack = attempt.Error?.Stack,
            Log = attempt.LogTail,
            Ecs = ecs is { Length: <= MaxEcs } ? ecs : null,
            Task = attempt.TaskArn,
            Message = attempt.Error?.Message,
            Sentence = attempt.Verdict.Sentence,
            NextStep = attempt.Verdict.NextStep,
        };
    }

    public static Attempt Read(Dictionary<string, AttributeValue> item)
    {
        var texts = LongTexts.Read(item);
        return new(
            LaunchOf(item),
            (int)Items.NumberOf(item, "number")!.Value,
            RunItems.ReadVerdict(item, texts.Sentence, texts.NextStep))
        {
            TaskArn = texts.Task,
            Size = Items.TextOf(item, "size") is { } size ? TaskSize.Parse(size) : null,
            Spot = item.GetValueOrDefault("spot")?.BOOL ?? false,
            Billed = Items.SecondsOf(item, "billed"),
            Progress = item.TryGetValue("progress", out var progress) ? WorkerItems.ReadProgress(progress.M) : null,
            StartedAt = Items.InstantOf(item, "startedAt"),
            EndedAt = Items.InstantOf(item, "endedAt"),
            ExitCode = (int?)Items.NumberOf(item, "exitCode"),
            Error = item.TryGetValue("error", out var error) ? WorkerItems.ReadError(error.M, texts) : null,
            LogTail = texts.Log,
            Ecs = texts.Ecs,
        };
    }

    private static LaunchId LaunchOf(Dictionary<string, AttributeValue> item) =>
        new(RunId.Parse(Items.TextOf(item, Tables.PartitionKey)!), (int)Items.NumberOf(item, "launch")!.Value);
}
