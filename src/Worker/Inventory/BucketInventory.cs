using System.Globalization;
using CsvHelper;

namespace Jobs.Worker.Inventory;

/// <summary>Adds up a listing by the first part of the key and by the day.</summary>
public sealed class BucketInventory
{
    /// <summary>How keys without a slash are counted.</summary>
    public const string Root = "(root)";

    private readonly SortedDictionary<string, InventoryCount> _prefixes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, InventoryCount> _days = new(StringComparer.Ordinal);

    public InventoryCount Total { get; private set; } = new("total", 0, 0);

    public void Add(ListedObject listed)
    {
        Total = Total.With(listed);
        Count(
            _prefixes,
            listed.Key.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? listed.Key[..(slash + 1)] : Root,
            listed);
        Count(_days, listed.LastModified.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), listed);
    }

    public InventorySummary Summarize(DateTimeOffset plannedAt, string report) => new(
        plannedAt,
        report,
        Total.Objects,
        Total.Bytes,
        [.. _prefixes.Values.OrderByDescending(count => count.Bytes).Take(InventorySummary.MaxRows)],
        [.. _days.Values.Reverse().Take(InventorySummary.MaxRows)]);

    /// <summary>All of it: a row for each first part and for each day.</summary>
    public string ToCsv()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions()))
        {
            csv.WriteRecord("by", "name", "objects", "bytes");
            foreach (var (by, counts) in new[] { ("prefix", _prefixes.Values), ("day", _days.Values) })
            {
                foreach (var count in counts) csv.WriteRecord(by, count.Name, Text(count.Objects), Text(count.Bytes));
            }
        }

        return text.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Count(SortedDictionary<string, InventoryCount> counts, string name, ListedObject listed) =>
        counts[name] = (counts.GetValueOrDefault(name) ?? new InventoryCount(name, 0, 0)).With(listed);
}
