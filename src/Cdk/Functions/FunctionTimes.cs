using Amazon.CDK;

namespace Jobs.Cdk.Functions;

/// <summary>How long functions may take, and for how long what wakes them is worth an attempt.</summary>
internal static class FunctionTimes
{
    /// <summary>
    /// Of a function that launches. Longer than the tick's minute by the time that one launch may take and ten seconds,
    /// so that in a backlog each dispatcher works until the next one waits for it, also when EventBridge is some
    /// seconds late. A burst of uploads dispatches as long, until a tick takes over.
    /// </summary>
    public static readonly Duration Dispatch = Duration.Seconds(80);

    /// <summary>Of a function that only writes down what it is told.</summary>
    public static readonly Duration Intake = Duration.Seconds(30);

    /// <summary>Until the next look at the backlogs. Runs that were not submitted in time, that one submits.</summary>
    public static readonly Duration Look = Duration.Seconds(60);

    /// <summary>A tick that could not run within a minute has been replaced by the next.</summary>
    public const int TickLifetimeSeconds = 60;
}
