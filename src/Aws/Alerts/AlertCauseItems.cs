using Amazon.DynamoDBv2.Model;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;

namespace Jobs.Aws.Alerts;

/// <summary>
/// How an open cause lies in the Runs table: key <c>pk</c> = alerts, <c>sk</c> = the cause. Attributes that a newer
/// version adds are left as they are; when it gives one of these another meaning, it raises <see cref="Version"/>.
/// </summary>
internal static class AlertCauseItems
{
    /// <summary>Attribute with the format's version, a number.</summary>
    public const string Format = "v";

    /// <summary>The only format there is so far.</summary>
    public const int Version = 1;

    public const string AlertId = "alertId";
    public const string FirstRun = "firstRun";
    public const string OpenedAt = "openedAt";
    public const string LastAt = "lastAt";
    public const string Count = "count";
    public const string Members = "members";
    public const string SettledMembers = "settledMembers";

    /// <summary>How many members both sets have: no condition can add up the sizes of two.</summary>
    public const string Remembered = "remembered";

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

    /// <exception cref="FormatException">Another version wrote the item, in its own way.</exception>
    public static AlertCause Read(Dictionary<string, AttributeValue> item)
    {
        var sort = Items.TextOf(item, Tables.SortKey) ?? "";
        try
        {
            var format = Number(item, Format);
            if (format != Version) throw new FormatException($"Its format '{Format}' is {format}, not {Version}.");
            return Read(AlertCauseKey.Parse(sort), item);
        }
        catch (FormatException e)
        {
            throw new FormatException(
                $"The item {Partition}, '{sort}' of the Runs table cannot be read as a cause of alerts. {e.Message} " +
                "Deploy the version that wrote it, or delete the item.",
                e);
        }
    }

    private static AlertCause Read(AlertCauseKey key, Dictionary<string, AttributeValue> item) => new(key)
    {
        AlertId = Items.TextOf(item, AlertId) ?? throw Missing(AlertId),
        FirstRun = RunId.Parse($"{key.Job}/{Items.TextOf(item, FirstRun)}").Key,
        OpenedAt = Items.InstantOf(item, OpenedAt) ?? throw Missing(OpenedAt),
        LastAt = Items.InstantOf(item, LastAt) ?? throw Missing(LastAt),
        Count = (int)(Items.NumberOf(item, Count) ?? throw Missing(Count)),
        Members = item.GetValueOrDefault(Members)?.SS ?? [],
        SettledMembers = item.GetValueOrDefault(SettledMembers)?.SS ?? [],
        Recovered = Number(item, Recovered),
        Settled = Number(item, Settled),
        FirstIsSent = item.ContainsKey(FirstSent),
        StormIsSent = item.ContainsKey(StormSent),
        IsClosing = item.ContainsKey(Closing),
        Claims = Number(item, Claims),
        ClaimedAt = Items.InstantOf(item, ClaimedAt) ?? OpeningClaim(item),
    };

    private static FormatException Missing(string name) =>
        new($"It has no '{name}', or not as this version writes it.");

    // Opening a cause claims its first e-mail; one update cannot say so to an opener only, so it is not written.
    private static DateTimeOffset? OpeningClaim(Dictionary<string, AttributeValue> item) =>
        Number(item, Claims) == 1 && !item.ContainsKey(FirstSent) ? Items.InstantOf(item, OpenedAt) : null;

    private static int Number(Dictionary<string, AttributeValue> item, string name) =>
        (int)(Items.NumberOf(item, name) ?? 0);
}
