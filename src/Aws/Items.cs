using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Jobs.Core;

namespace Jobs.Aws;

/// <summary>How values lie in DynamoDB items, in both tables.</summary>
internal static class Items
{
    /// <summary>
    /// Attribute of items of which each write is conditioned on the version that was read; the first is 1.
    /// </summary>
    public const string Version = "version";

    /// <summary>
    /// Attribute with the format of the item, a number. A newer version may add attributes and names, and must not
    /// change what is there.
    /// </summary>
    public const string Format = "v";

    public const int CurrentFormat = 1;

    /// <summary>How long a run that is over is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>
    /// How long what belongs to a run is kept from its writing: a run may live for weeks before its own retention
    /// begins.
    /// </summary>
    public static readonly TimeSpan PartRetention = Retention * 2;

    public static Dictionary<string, AttributeValue> Key(string partition, string sort) => new()
    {
        [Tables.PartitionKey] = new AttributeValue { S = partition },
        [Tables.SortKey] = new AttributeValue { S = sort },
    };

    public static AttributeValue Text(string text) => new() { S = text };

    public static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>ISO 8601 with milliseconds and always UTC, so that text order is time order.</summary>
    public static AttributeValue Instant(DateTimeOffset at) => Text(InstantText(at));

    public static string InstantText(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds since 1970: a third of the text. For times that nothing is sorted by.</summary>
    public static AttributeValue Moment(DateTimeOffset at) => Number(at.ToUnixTimeMilliseconds());

    /// <summary>Time to live is in epoch seconds.</summary>
    public static AttributeValue Expiry(DateTimeOffset at) => Number(at.ToUnixTimeSeconds());

    /// <summary>A duration, to the millisecond.</summary>
    public static AttributeValue Seconds(TimeSpan time) =>
        new() { N = Math.Round(time.TotalSeconds, 3).ToString(CultureInfo.InvariantCulture) };

    public static TimeSpan? SecondsOf(IReadOnlyDictionary<string, AttributeValue> item, string name) =>
        NumberOf(item, name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static string? TextOf(IReadOnlyDictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.S;

    public static double? NumberOf(IReadOnlyDictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.N is { } number ? double.Parse(number, CultureInfo.InvariantCulture) : null;

    /// <summary>What <see cref="Instant"/> or <see cref="Moment"/> wrote.</summary>
    public static DateTimeOffset? InstantOf(
        IReadOnlyDictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name) switch
        {
            { S: { } text } => ParseInstant(text),
            { N: { } number } =>
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(number, CultureInfo.InvariantCulture)),
            _ => null,
        };

    /// <summary>
    /// Attributes that this version does not know, to be written back as they were; null when there are none.
    /// </summary>
    public static CarriedAttributes? CarriedOf(Dictionary<string, AttributeValue> item, IReadOnlySet<string> known)
    {
        var unknown = item.Where(pair => !known.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value);
        return unknown.Count == 0 ? null : new CarriedAttributes(unknown);
    }

    /// <summary>Adds what was carried from the read, and the format.</summary>
    public static void Carry(Dictionary<string, AttributeValue> item, CarriedAttributes? carried)
    {
        foreach (var (name, value) in (Dictionary<string, AttributeValue>?)carried?.Attributes ?? [])
        {
            item[name] = value;
        }

        item[Format] = Number(CurrentFormat);
    }

    /// <summary>
    /// Null when the item does not have it, and the enum's Unknown when this version does not know the name.
    /// </summary>
    public static T? EnumOf<T>(IReadOnlyDictionary<string, AttributeValue> item, string name)
        where T : struct, Enum
    {
        if (TextOf(item, name) is not { } text) return null;
        return Enum.TryParse<T>(text, out var value) && !char.IsAsciiDigit(text[0]) ? value : Enum.Parse<T>("Unknown");
    }

    public static DateTimeOffset ParseInstant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
