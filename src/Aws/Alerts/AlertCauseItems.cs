using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Alerts;

namespace Jobs.Aws.Alerts;

/// <summary>How an open cause lies in the Runs table: key <c>pk</c> = alerts, <c>sk</c> = the cause.</summary>
internal static class AlertCauseItems
{
    public const string AlertId = "alertId";
    public const string FirstRun = "firstRun";
    public const string OpenedAt = "openedAt";
    public const string LastAt = "lastAt";
    public const string Count = "count";
    public const string Runs = "runs";
    public const string Recovered = "recovered";
    public const string Settled = "settled";
    public const string FirstSent = "firstSent";
    public const string StormSent = "stormSent";
    public const string Closing = "closing";
    public const string Claims = "claims";
    public const string ClaimedAt = "claimedAt";

    /// <summary>Partition of all open causes. No run id begins like it: a worker's role cannot reach it.</summary>
    public const string Partition = "alerts";

    public static Dictionary<string, AttributeValue> KeyOf(AlertCauseKey key) => Items.Key(Partition, key.ToString());

    public static AlertCause Read(Dictionary<string, AttributeValue> item) => new(AlertCauseKey.Parse(Items.TextOf(item, Tables.SortKey)!))
    {
        AlertId = Items.TextOf(item, AlertId)!,
        FirstRun = Items.TextOf(item, FirstRun)!,
        OpenedAt = Items.InstantOf(item, OpenedAt)!.Value,
        LastAt = Items.InstantOf(item, LastAt)!.Value,
        Count = Number(item, Count),
        Runs = item.GetValueOrDefault(Runs)?.SS ?? [],
        Recovered = Number(item, Recovered),
        Settled = Number(item, Settled),
        FirstIsSent = item.ContainsKey(FirstSent),
        StormIsSent = item.ContainsKey(StormSent),
        IsClosing = item.ContainsKey(Closing),
        Claims = Number(item, Claims),
        ClaimedAt = Items.InstantOf(item, ClaimedAt) ?? OpeningClaim(item),
    };

    // Opening a cause claims its first e-mail; one update cannot say so to an opener only, so it is not written.
    private static DateTimeOffset? OpeningClaim(Dictionary<string, AttributeValue> item) =>
        Number(item, Claims) == 1 && !item.ContainsKey(FirstSent) ? Items.InstantOf(item, OpenedAt) : null;

    private static int Number(Dictionary<string, AttributeValue> item, string name) => (int)(Items.NumberOf(item, name) ?? 0);
}
