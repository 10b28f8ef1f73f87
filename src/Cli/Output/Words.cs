using System.Globalization;

namespace Jobs.Cli.Output;

/// <summary>Times, spans and sizes as people say them.</summary>
internal static class Words
{
    /// <summary>Such as <c>0.4 s</c>, <c>12 s</c>, <c>3 min</c>, <c>2 h 5 min</c>, <c>4 days</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0 } => Span(TimeSpan.Zero),
        { TotalSeconds: < 9.95 } => Invariant($"{span.TotalSeconds:0.0} s"),
        { TotalSeconds: < 119.5 } => Invariant($"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 59.5 } => Invariant($"{span.TotalMinutes:0} min"),
        { TotalHours: < 48 } => WithMinutes((long)Math.Round(span.TotalMinutes)),
        _ => Invariant($"{span.TotalDays:0} days"),
    };

    /// <summary>Such as <c>3 min ago</c>, or <c>in 3 min</c> of what is to come.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) =>
        at > now ? $"in {Span(at - now)}" : now - at < TimeSpan.FromSeconds(1) ? "now" : $"{Span(now - at)} ago";

    /// <summary>In the reader's zone, with it: <c>2026-03-01 14:05:09 +01:00</c>.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    public static string Clock(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>0.5 vCPU, 1 GB</c>.</summary>
    public static string Size(int cpu, int memoryMiB) =>
        Invariant($"{cpu / 1_024.0:0.##} vCPU, {memoryMiB / 1_024.0:0.##} GB");

    public static string Dollars(decimal dollars) =>
        dollars is > 0 and < 0.0001m ? "<$0.0001" : Invariant($"${dollars:0.00##}");

    public static string Count(int count, string one, string? many = null) =>
        Invariant($"{count:#,0} {(count == 1 ? one : many ?? one + "s")}");

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A planned time in its schedule's zone and in UTC: <c>Mar 1 02:30 Europe/Berlin, 01:30 UTC</c>.
    /// </summary>
    public static string Planned(DateTimeOffset at, string? zone)
    {
        if (zone is null or "UTC" || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known))
        {
            return at.UtcDateTime.ToString("MMM d HH:mm 'UTC'", CultureInfo.InvariantCulture);
        }

        var there = TimeZoneInfo.ConvertTime(at, known);
        var utc = at.UtcDateTime.ToString(
            there.Date == at.UtcDateTime.Date ? "HH:mm 'UTC'" : "MMM d HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return $"{there.ToString("MMM d HH:mm", CultureInfo.InvariantCulture)} {zone}, {utc}";
    }

    private static string WithMinutes(long minutes) =>
        minutes % 60 == 0 ? Invariant($"{minutes / 60} h") : Invariant($"{minutes / 60} h {minutes % 60} min");
}
