namespace Lapstack.Ground;

/// <summary>Times as numbers since 1970 in UTC, as AWS's JSON protocols write them.</summary>
internal static class EpochTime
{
    /// <summary>In seconds, to the millisecond.</summary>
    public static decimal Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000m;

    /// <summary>To the millisecond; null beyond the years 1 to 9999.</summary>
    public static DateTimeOffset? OfSeconds(double seconds) => OfMilliseconds(seconds * 1_000);

    /// <inheritdoc cref="OfSeconds"/>
    public static DateTimeOffset? OfMilliseconds(double milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : null;
}
