using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Scheduling;

namespace Jobs.Aws.Layout;

/// <summary>How a schedule lies in the Runs table: key <c>pk</c> = schedules, <c>sk</c> = its job and name.</summary>
internal static class ScheduleItems
{
    /// <summary>Partition of all schedules. No run id is like it: a worker's role cannot reach it.</summary>
    public const string Partition = "schedules";

    private const string Holder = "holder";
    private const string Next = "next";
    private const string Replaces = "replaces";
    private const string Skips = "skips";
    private const string Last = "lastPlannedAt";
    private const string Expression = "expression";
    private const string Since = "watchedSince";
    private const string Told = "toldMissing";

    private static readonly HashSet<string> Known =
        [
            Tables.PartitionKey, Tables.SortKey, Items.Format, Items.Version, Holder, Next, Replaces, Skips, Last,
            Expression, Since, Told,
        ];

    public static Dictionary<string, AttributeValue> KeyOf(ScheduleKey key) => Items.Key(Partition, key.ToString());

    public static Dictionary<string, AttributeValue> Write(ScheduleState state)
    {
        var item = KeyOf(state.Key);
        Items.Carry(item, state.Carried);
        item[Items.Version] = Items.Number(state.Version);
        if (state.Replaces) item[Replaces] = new AttributeValue { BOOL = true };
        if (!state.Skips.IsEmpty) item[Skips] = new AttributeValue { SS = [.. state.Skips.Select(Items.InstantText)] };
        if (state.Expression is { } expression) item[Expression] = Items.Text(expression);
        Put(item, Holder, state.Holder);
        Put(item, Next, state.Next);
        Put(item, Last, state.LastPlannedAt);
        Put(item, Since, state.WatchedSince);
        Put(item, Told, state.ToldMissing);
        return item;
    }

    public static ScheduleState Read(Dictionary<string, AttributeValue> item) =>
        new(ScheduleKey.Parse(Items.TextOf(item, Tables.SortKey)!))
        {
            Carried = Items.CarriedOf(item, Known),
            Version = VersionedItems.VersionOf(item),
            Holder = Items.InstantOf(item, Holder),
            Next = Items.InstantOf(item, Next),
            Replaces = item.ContainsKey(Replaces),
            Skips =
            [
                .. (item.GetValueOrDefault(Skips)?.SS ?? []).Order(StringComparer.Ordinal).Select(Items.ParseInstant),
            ],
            LastPlannedAt = Items.InstantOf(item, Last),
            Expression = Items.TextOf(item, Expression),
            WatchedSince = Items.InstantOf(item, Since),
            ToldMissing = Items.InstantOf(item, Told),
        };

    private static void Put(Dictionary<string, AttributeValue> item, string name, DateTimeOffset? at)
    {
        if (at is { } instant) item[name] = Items.Instant(instant);
    }
}
