namespace Jobs.Core.Dispatch;

/// <summary>
/// What is thought to be left of the launch rate: a token bucket like the one by which ECS counts. Kept in the lease
/// between ticks, so that tokens which were not used between two dispatchers are used after.
/// </summary>
/// <param name="Tokens">Launches that ECS should take now.</param>
/// <param name="At">The instant this was true.</param>
public sealed record Pacing(double Tokens, DateTimeOffset At)
{
    /// <summary>Just under the quota, so that two clocks that differ a little do not lead to throttles.</summary>
    private const double Margin = 0.99;

    public static Pacing Full(DispatchSettings settings, DateTimeOffset now) => new(settings.LaunchBurst, now);

    /// <summary>The bucket at a later instant; unchanged when the clock went back.</summary>
    public Pacing Refilled(DispatchSettings settings, DateTimeOffset now) => now <= At
        ? this
        : new(
            Math.Min(settings.LaunchBurst, Tokens + ((now - At).TotalSeconds * settings.LaunchesPerSecond * Margin)),
            now);

    /// <summary>How long until there is a whole token; zero when there is one.</summary>
    public TimeSpan UntilNext(DispatchSettings settings) => Tokens >= 1
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(Math.Ceiling(1_000 * (1 - Tokens) / (settings.LaunchesPerSecond * Margin)));
}
