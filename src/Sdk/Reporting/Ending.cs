using Jobs.Core;
using Jobs.Core.Objects;
using Jobs.Core.Workers;

namespace Jobs.Sdk.Reporting;

/// <summary>How an attempt ended: the exit code, and what goes into the record.</summary>
internal sealed record Ending(int ExitCode)
{
    internal const int MaxMessage = 4_096;

    internal const int MaxStack = 8_192;

    /// <summary>The result as JSON, of any length.</summary>
    public string? Result { get; private init; }

    public WorkerError? Error { get; private init; }

    /// <summary>Children in all that the run awaits; null when it does not.</summary>
    public int? Children { get; private init; }

    public static Ending Superseded { get; } = new(WorkerExitCodes.Superseded);

    public static Ending Interrupted { get; } = new(WorkerExitCodes.Interrupted);

    public static Ending Success(string result) => new(WorkerExitCodes.Succeeded) { Result = result };

    public static Ending HostFailure(HostFailedException e, Secrets secrets) =>
        new(e.ExitCode) { Error = Describe(e, secrets, retryable: e.ExitCode != WorkerExitCodes.HostFailed) };

    /// <summary>
    /// Sorts what the job threw. Once it was told to stop, whatever else it throws is taken for a consequence of that,
    /// so that an interruption never spends the job's own attempts. Nor does an outage of AWS that met the context's
    /// own calls, also when what read from them has wrapped it; what the job's own clients throw is the job's.
    /// </summary>
    public static Ending Failure(Exception thrown, StopReason reason, Secrets secrets) => thrown switch
    {
        _ when reason == StopReason.Superseded => Superseded,
        ChildrenAwaitedException awaited => new(WorkerExitCodes.AwaitingChildren) { Children = awaited.Children },
        JobFailedException => new(WorkerExitCodes.JobFailed) { Error = Describe(thrown, secrets, retryable: false) },
        OperationCanceledException when reason != StopReason.None => Stopped(reason),
        _ when reason != StopReason.None => Stopped(reason) with { Error = Describe(thrown, secrets, retryable: true) },
        HostFailedException failed => HostFailure(failed, secrets),
        _ when HasOutage(thrown) =>
            new(WorkerExitCodes.AwsUnavailable) { Error = Describe(thrown, secrets, retryable: true) },
        // Neither a lost object nor a missing grant is mended by repeating.
        ObjectGoneException or ObjectChangedException or UnauthorizedAccessException =>
            new(WorkerExitCodes.JobFailed) { Error = Describe(thrown, secrets, retryable: false) },
        _ => new(WorkerExitCodes.JobFailed) { Error = Describe(thrown, secrets, retryable: true) },
    };

    /// <param name="retryable">Whether repeating may help.</param>
    public static WorkerError Describe(Exception e, Secrets secrets, bool retryable) => new(
        e.GetType().FullName ?? e.GetType().Name,
        Excerpt.Of(secrets.Without(e.Message), MaxMessage),
        Excerpt.Of(secrets.Without(e.ToString()), MaxStack),
        retryable);

    /// <summary>Whether AWS did not answer one of the runner's own calls, and this came of it.</summary>
    public static bool HasOutage(Exception? thrown) => thrown switch
    {
        null => false,
        AwsUnavailableException => true,
        AggregateException many => many.InnerExceptions.Any(HasOutage),
        _ => HasOutage(thrown.InnerException),
    };

    private static Ending Stopped(StopReason reason) => reason switch
    {
        StopReason.Cancelled => new(WorkerExitCodes.Cancelled),
        StopReason.TimedOut => new(WorkerExitCodes.TimedOut),
        _ => Interrupted,
    };
}
