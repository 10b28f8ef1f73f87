using Jobs.Core.Ids;

namespace Jobs.Core.Runs;

/// <summary>
/// Exponential waits with jitter. The jitter is derived from the launch, so that the same decision taken twice is the
/// same.
/// </summary>
internal static class Backoff
{
    /// <returns>Between half and all of <paramref name="first"/> doubled <paramref name="repetitions"/> times, at most
    /// <paramref name="longest"/>.</returns>
    public static TimeSpan For(LaunchId launch, TimeSpan first, TimeSpan longest, int repetitions)
    {
        // 2^30 times the shortest wait is longer than any limit: beyond that the power would overflow.
        var wait = first * Math.Pow(2, Math.Min(repetitions, 30));
        var capped = wait < longest ? wait : longest;
        return capped * (0.5 + (launch.Hash / (double)uint.MaxValue / 2));
    }
}
