using Jobs.Core.Tasks;

namespace Jobs.Core.Runs;

/// <summary>
/// How long Fargate bills a task: from the beginning of the image's pull until it has stopped.
/// https://aws.amazon.com/fargate/pricing/
/// </summary>
internal static class BilledTime
{
    /// <returns>Null for a task that ECS never began to pull an image for: it costs nothing.</returns>
    public static TimeSpan? Of(TaskObservation stopped, DateTimeOffset now) =>
        (stopped.PullStartedAt ?? stopped.StartedAt) is { } from
            ? NotNegative((stopped.StoppedAt ?? now) - from)
            : null;

    /// <summary>The attempt whose task ECS has forgotten: at most from its launch until now.</summary>
    public static TimeSpan? OfMissing(Run run, DateTimeOffset now) =>
        run.TaskArn is not null && (run.StartedAt ?? run.LaunchedAt) is { } from ? NotNegative(now - from) : null;

    private static TimeSpan NotNegative(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
