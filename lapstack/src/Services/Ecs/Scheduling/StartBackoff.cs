namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// How long a service waits to start tasks again when they stop before they reach RUNNING. ECS says that the time grows
/// up to 27 minutes, and not how: here it doubles, from one second.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
/// </summary>
internal static class StartBackoff
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(27);

    /// <summary>
    /// From this many failures in a row on, ECS says that the service is unable to consistently start tasks.
    /// </summary>
    public const int Consistent = 3;

    private const int Doublings = 11;

    /// <param name="failuresInRow">1 or more.</param>
    public static TimeSpan After(int failuresInRow)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failuresInRow - 1, Doublings)));
        return pause < Longest ? pause : Longest;
    }

    /// <summary>
    /// How many failed tasks make the circuit breaker give a deployment up: half the desired count, 3 at least and 200
    /// at most. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
    /// </summary>
    public static int BreakerThreshold(int desiredCount) => Math.Clamp((int)Math.Ceiling(desiredCount * 0.5), 3, 200);
}
