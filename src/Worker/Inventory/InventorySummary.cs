namespace Jobs.Worker.Inventory;

/// <summary>What the bucket held.</summary>
/// <param name="PlannedAt">The time that the report is for.</param>
/// <param name="Report">Key of the full report.</param>
/// <param name="ByPrefix">By the first part of the key, largest first: at most <see cref="MaxRows"/>.</param>
/// <param name="ByDay">By the day of writing in UTC, newest first: at most <see cref="MaxRows"/>.</param>
public sealed record InventorySummary(
    DateTimeOffset PlannedAt, string Report, long Objects, long Bytes, IReadOnlyList<InventoryCount> ByPrefix,
    IReadOnlyList<InventoryCount> ByDay)
{
    /// <summary>More is in the report only: a result is to be read.</summary>
    public const int MaxRows = 20;
}
