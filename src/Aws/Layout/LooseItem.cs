using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Jobs.Aws.Layout;

/// <summary>
/// Reads members of an item that another program may have written: what is not there, of another type, or absurd, is
/// null.
/// </summary>
internal static class LooseItem
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(3000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string? Text(IReadOnlyDictionary<string, AttributeValue>? item, string name) =>
        item?.GetValueOrDefault(name)?.S;

    public static IReadOnlyDictionary<string, AttributeValue>? Map(
        IReadOnlyDictionary<string, AttributeValue>? item, string name) =>
        item?.GetValueOrDefault(name)?.M;

    /// <summary>A finite number.</summary>
    public static double? Number(IReadOnlyDictionary<string, AttributeValue>? item, string name) =>
        double.TryParse(
            item?.GetValueOrDefault(name)?.N, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A whole number between two, both included.</summary>
    public static int? Whole(IReadOnlyDictionary<string, AttributeValue>? item, string name, int least, int most) =>
        Number(item, name) is { } number && number >= least && number <= most && double.IsInteger(number)
            ? (int)number
            : null;

    /// <summary>A time that other times can be reckoned from: of the years 2000 to 2999.</summary>
    public static DateTimeOffset? Instant(IReadOnlyDictionary<string, AttributeValue>? item, string name) =>
        DateTimeOffset.TryParse(
            Text(item, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && at >= Earliest && at < Latest
            ? at
            : null;
}
