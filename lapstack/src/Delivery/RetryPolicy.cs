using System.Text.Json.Nodes;

namespace Lapstack.Delivery;

/// <summary>
/// How long a failing target is tried. See
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html.
/// </summary>
/// <param name="MaximumRetryAttempts">0 to 185.</param>
/// <param name="MaximumEventAgeInSeconds">60 to 86,400.</param>
internal sealed record RetryPolicy(int MaximumRetryAttempts, int MaximumEventAgeInSeconds)
{
    public const int MostAttempts = 185;

    public const int GreatestAge = 86_400;

    public static readonly RetryPolicy Default = new(MostAttempts, GreatestAge);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>What the template says of one target.</summary>
    /// <param name="policy">Null: EventBridge's own.</param>
    /// <exception cref="FormatException">A number is none, or out of its range.</exception>
    public static RetryPolicy Read(string target, JsonObject? policy) => policy is null
        ? Default
        : new RetryPolicy(
            Number(target, policy, nameof(MaximumRetryAttempts), MostAttempts, 0, MostAttempts),
            Number(target, policy, nameof(MaximumEventAgeInSeconds), GreatestAge, 60, GreatestAge));

    /// <summary>Doubling from a second to ten minutes, of which jitter takes up to a half.</summary>
    /// <param name="failures">How many attempts have failed, at least 1.</param>
    /// <param name="fraction">A chance from 0 to 1.</param>
    public static TimeSpan PauseAfter(int failures, double fraction) =>
        Math.Min(
            Math.Pow(2, failures - 1), LongestPause.TotalSeconds) * (0.5 + (fraction / 2)) * TimeSpan.FromSeconds(1);

    /// <summary>
    /// Which of the two limits is reached, in EventBridge's words; null while there is another attempt.
    /// </summary>
    public string? Exhausted(int retries, TimeSpan age) =>
        retries >= MaximumRetryAttempts ? "MaximumRetryAttempts"
        : age >= TimeSpan.FromSeconds(MaximumEventAgeInSeconds) ? "MaximumEventAgeInSeconds"
        : null;

    private static int Number(string target, JsonObject policy, string name, int absent, int least, int most)
    {
        if (policy[name] is not { } node) return absent;
        return int.TryParse(node.ToString(), out var value) && value >= least && value <= most
            ? value
            : throw new FormatException(
                $"target {target}: {name} must be a whole number from {least} to {most}, but it is {node}");
    }
}
