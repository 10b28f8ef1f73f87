using System.Globalization;

namespace Lapstack.Ground;

/// <summary>Times as AWS writes them into JSON, XML and policies: ISO 8601 in UTC.</summary>
internal static class IsoTime
{
    /// <summary>Such as <c>2026-03-01T12:00:00Z</c>.</summary>
    public static string Seconds(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2026-03-01T12:00:00.000Z</c>.</summary>
    public static string Milliseconds(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
