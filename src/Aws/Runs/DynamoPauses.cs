using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Pauses;

namespace Jobs.Aws.Runs;

/// <summary>The stack's pauses: one item of the Runs table.</summary>
/// <param name="table">Name of the Runs table.</param>
public sealed class DynamoPauses(IAmazonDynamoDB dynamo, string table) : IPauses
{
    private const string List = "pauses";

    private static readonly HashSet<string> Known =
        [Tables.PartitionKey, Tables.SortKey, Items.Format, Items.Version, List];

    public async Task<PauseList> ReadAsync(CancellationToken cancellation) =>
        await dynamo.ReadAsync(table, Items.Key(Tables.JobsPartition, Tables.PausesItem), cancellation) is { } item
            ? Read(item)
            : PauseList.None;

    public Task<bool> SaveAsync(PauseList pauses, CancellationToken cancellation) =>
        dynamo.TrySaveAsync(table, Write(pauses), cancellation);

    private static Dictionary<string, AttributeValue> Write(PauseList pauses)
    {
        var item = Items.Key(Tables.JobsPartition, Tables.PausesItem);
        Items.Carry(item, pauses.Carried);
        item[Items.Version] = Items.Number(pauses.Version);
        item[List] = new AttributeValue
        {
            L = [.. pauses.All.Select(pause => new AttributeValue { M = Write(pause), IsMSet = true })],
            IsLSet = true,
        };
        return item;
    }

    private static PauseList Read(Dictionary<string, AttributeValue> item) =>
        new([.. (item.GetValueOrDefault(List)?.L ?? []).Select(pause => ReadPause(pause.M))])
        {
            Version = VersionedItems.VersionOf(item),
            Carried = Items.CarriedOf(item, Known),
        };

    private static Pause ReadPause(Dictionary<string, AttributeValue> map) =>
        new(Items.TextOf(map, "job")!, Items.TextOf(map, "schedule"))
        {
            Id = Items.TextOf(map, "id")!,
            AskedAt = Items.InstantOf(map, "askedAt"),
            From = Items.InstantOf(map, "from")!.Value,
            Until = Items.InstantOf(map, "until"),
            Reason = Items.TextOf(map, "reason")!,
            By = Items.TextOf(map, "by"),
            EndedAt = Items.InstantOf(map, "endedAt"),
            EndedBy = Items.TextOf(map, "endedBy"),
            EndedId = Items.TextOf(map, "endedId"),
            EndAskedAt = Items.InstantOf(map, "endAskedAt"),
        };

    private static Dictionary<string, AttributeValue> Write(Pause pause)
    {
        var map = new Dictionary<string, AttributeValue>
        {
            ["job"] = Items.Text(pause.Job),
            ["id"] = Items.Text(pause.Id),
            ["from"] = Items.Instant(pause.From),
            ["reason"] = Items.Text(pause.Reason),
        };
        Put(map, "schedule", pause.Schedule);
        Put(map, "askedAt", pause.AskedAt);
        Put(map, "until", pause.Until);
        Put(map, "by", pause.By);
        Put(map, "endedAt", pause.EndedAt);
        Put(map, "endedBy", pause.EndedBy);
        Put(map, "endedId", pause.EndedId);
        Put(map, "endAskedAt", pause.EndAskedAt);
        return map;
    }

    private static void Put(Dictionary<string, AttributeValue> map, string name, DateTimeOffset? instant) =>
        Put(map, name, instant is { } at ? Items.InstantText(at) : null);

    private static void Put(Dictionary<string, AttributeValue> map, string name, string? text)
    {
        if (text is not null) map[name] = Items.Text(text);
    }
}
