using System.Globalization;
using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <summary>
/// A place in the history: the time of the last run shown, and which of the runs of that very millisecond were shown.
/// It holds for all jobs and shards at once, whatever is added meanwhile.
/// </summary>
public sealed record HistoryCursor(DateTimeOffset At, IReadOnlyList<RunId> Shown)
{
    private const char Separator = '~';

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static HistoryCursor? TryParse(string text)
    {
        var parts = text.Split(Separator);
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return null;
        }

        if (milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return null;
        var shown = new List<RunId>();
        foreach (var part in parts.Skip(1))
        {
            if (!RunId.TryParse(part, out var id)) return null;
            shown.Add(id);
        }

        return new HistoryCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), shown);
    }

    public override string ToString() =>
        string.Join(Separator, [At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), .. Shown]);

    /// <summary>The place behind this page.</summary>
    /// <param name="before">Where the page began.</param>
    /// <param name="page">Ids and times of the runs on it, newest first; at least one.</param>
    public static HistoryCursor Behind(HistoryCursor? before, IReadOnlyList<(RunId Id, DateTimeOffset At)> page)
    {
        var last = page[^1].At;
        var shown = page.Where(one => one.At == last).Select(one => one.Id);
        return new HistoryCursor(last, [.. before?.At == last ? before.Shown : [], .. shown]);
    }
}
