using Jobs.Core.Sizes;
using Jobs.Core.Tasks;

namespace Jobs.Core.Verdicts;

/// <summary>
/// Classifies a stopped task. The order of evidence: a recorded result; why we stopped it, unless the worker had noted
/// its end before; what the worker noted; memory; the stop codes by which AWS says that it was AWS; a task that never
/// started; the worker's exit code. Texts are read by prefix and only for detail.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
/// </summary>
public static class TaskVerdicts
{
    /// <summary>
    /// Linux has signals 1 to 64; a program killed by one ends with 128 and its number. Above is a code of its own,
    /// such as exit(-1)'s 255.
    /// </summary>
    private const int MaxSignal = 64;

    /// <summary>What Fargate may take to provision and pull.</summary>
    public static readonly TimeSpan StartAllowance = TimeSpan.FromMinutes(10);

    /// <summary>The commonest of all: a result was recorded.</summary>
    public static Verdict Done { get; } = Succeeded("The job succeeded and recorded its result.");

    public static Verdict Classify(StoppedTask stopped) =>
        Success(stopped)
        ?? (HadEnded(stopped) ? ByOwnEnd(stopped) : null)
        ?? ByOurStop(stopped.Cause)
        ?? ByOwnEnd(stopped)
        ?? ByMemory(stopped.Task)
        ?? ByStopCode(stopped.Task)
        ?? ByStartFailure(stopped.Task)
        ?? ByExitCode(stopped);

    /// <summary>ECS knows no such task (any more). What the worker noted of its end counts as if ECS said it.</summary>
    public static Verdict Missing(Workers.WorkerRecord? worker, StopCause? cause) => worker switch
    {
        { HasResult: true } => Succeeded("The job recorded its result; ECS no longer knows its task."),
        { ExitCode: { } code } => Classify(new(Ended(worker.TaskArn, code), worker, cause, HasHost: true)),
        _ => ByOurStop(cause) ?? new(
            VerdictClass.TaskMissing,
            VerdictAction.Retry,
            "ECS does not know the task (any more), and the job did not record how it ended.",
            "Nothing to do if the retry succeeds; if it repeats, look for StopTask calls in CloudTrail."),
    };

    private static TaskObservation Ended(string task, int code) =>
        new(task) { Containers = [new(Names.WorkerContainer, code, null)] };

    // A result in the table was written after the job had done its work: it outweighs any exit code and a late stop.
    // Without our host, exit code 0 is all the proof there is, and only where the container was not told to end: many
    // programs answer SIGTERM with code 0. ECS says UserInitiated when our stop ended it; otherwise it ended before our
    // stop came. Nor is it proof when it was out of memory, which some kills report with code 0.
    private static Verdict? Success(StoppedTask stopped) => stopped switch
    {
        { Worker.HasResult: true } => Done,
        { HasHost: false, Task.Worker: { ExitCode: 0 } worker }
            when EndedByItself(stopped) && !IsOutOfMemory(worker.Reason) =>
            Succeeded("The container exited with code 0."),
        _ => null,
    };

    // Old events have no stop code: then our own stop is all that is known.
    private static bool EndedByItself(StoppedTask stopped) => stopped.Task.StopCode switch
    {
        null or "" => stopped.Cause is null,
        var code => code == "EssentialContainerExited",
    };

    // The worker had noted its end before it was told to stop, which it need not have been: the news of its end was
    // late. A host that was told first exits with another code. One that AWS did not answer could not note it, and says
    // it by its code alone.
    private static bool HadEnded(StoppedTask stopped)
    {
        if (!stopped.HasHost || !Yields(stopped.Cause)) return false;
        return stopped.Task.Worker?.ExitCode switch
        {
            WorkerExitCodes.Interrupted or WorkerExitCodes.Cancelled or WorkerExitCodes.TimedOut => false,
            WorkerExitCodes.AwsUnavailable => true,
            _ => stopped.Worker?.HasNotedEnd == true,
        };
    }

    // Causes by which we judge a task from outside yield to what its worker noted. What a person asked for, and the
    // run's own limit, stand.
    private static bool Yields(StopCause? cause) =>
        cause is null or StopCause.TimedOut or StopCause.HeartbeatLost or StopCause.NeverStarted;

    private static Verdict Succeeded(string sentence) =>
        new(VerdictClass.Succeeded, VerdictAction.None, sentence, "Nothing to do.");

    private static Verdict? ByOurStop(StopCause? cause) => cause switch
    {
        null => null,
        StopCause.Cancelled =>
            new(
                VerdictClass.Cancelled,
                VerdictAction.GiveUp,
                "The run was cancelled.",
                "Submit it again if it is wanted after all."),
        StopCause.TimedOut => new(
            VerdictClass.TimedOut,
            VerdictAction.GiveUp,
            "The attempt took longer than the job's TimeoutMinutes and was stopped.",
            "Raise TimeoutMinutes or Cpu, or split the input; then start the run again."),
        StopCause.RunTimedOut => new(
            VerdictClass.RunTimedOut,
            VerdictAction.GiveUp,
            "The run took longer than the job's RunTimeoutMinutes, all attempts and waiting together.",
            "See what it waited for: a slot (MaxConcurrent), capacity, or its own retries; raise RunTimeoutMinutes, " +
            "or start the run again."),
        StopCause.NeverStarted => new(
            VerdictClass.NeverStarted,
            VerdictAction.Retry,
            $"ECS had not got the task to run {StartAllowance.TotalMinutes:0} minutes after its launch, so it was " +
            "stopped.",
            "Check that the subnets reach the registry (NAT gateway or VPC endpoints) and have free addresses, that " +
            "the image is not too large "
            + "to be pulled in time, and that Fargate has capacity for the size."),
        StopCause.HeartbeatLost => new(
            VerdictClass.HeartbeatLost,
            VerdictAction.Retry,
            "The worker showed no sign of life and was stopped.",
            "Look at the last log lines: a hung call or a starved thread pool are the usual causes."),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "No verdict for this stop cause."),
    };

    // What the host noted, and codes that only it uses, read before the stop code: an interrupted worker names the
    // interruption better than ECS does. Children are noted when the phase has done its work, as a result is.
    private static Verdict? ByOwnEnd(StoppedTask stopped)
    {
        if (!stopped.HasHost) return null;
        var error = stopped.Worker?.Error;
        return stopped.Task.Worker?.ExitCode switch
        {
            WorkerExitCodes.Superseded => new(
                VerdictClass.Superseded, VerdictAction.RetryFree,
                "Another task had already claimed this launch; no user code ran here.", "Nothing to do."),
            WorkerExitCodes.AwaitingChildren => AwaitingChildren(),
            _ when stopped.Worker?.Children is not null => AwaitingChildren(),
            WorkerExitCodes.JobFailed when error is not null => JobFailed(error),
            WorkerExitCodes.HostFailed when error is not null => HostFailed(stopped),
            WorkerExitCodes.Unnamed => Unnamed(),
            WorkerExitCodes.AwsUnavailable => AwsUnavailable(error),
            _ => null,
        };
    }

    private static Verdict AwaitingChildren() => new(
        VerdictClass.AwaitingChildren, VerdictAction.Await, "The job submitted children and waits for them.",
        "Nothing to do.");

    private static Verdict Unnamed() => new(
        VerdictClass.WorkerUnnamed,
        VerdictAction.RetryFree,
        "The worker could not learn which task it is: the metadata endpoint did not say. No user code ran.",
        "Nothing to do if the retry succeeds; if it repeats, read the first log lines of the task, and check that the "
        + "image does not set ECS_CONTAINER_METADATA_URI_V4 itself.");

    private static Verdict AwsUnavailable(Workers.WorkerError? error) => new(
        VerdictClass.AwsUnavailable,
        VerdictAction.RetryFree,
        error?.Message is { Length: > 0 } message ? message : "AWS did not answer the worker for minutes, so it ended.",
        "Nothing to do: the run is repeated at no cost of an attempt. If it repeats, read the last log lines of the "
        + "task: either the AWS Health Dashboard explains it, or the subnets do not reach DynamoDB and S3 (NAT gateway "
        + "or VPC endpoints), or the job's role lacks a grant.");

    // .NET gives up at three quarters of the container's memory, long before the kernel would kill it.
    private static Verdict JobFailed(
        Workers.WorkerError error) => error.Type == typeof(OutOfMemoryException).FullName ? OutOfMemory() : new(
        VerdictClass.JobFailed,
        error.Retryable ? VerdictAction.Retry : VerdictAction.GiveUp,
        string.IsNullOrWhiteSpace(error.Message) ? $"The job threw {error.Type} without a message." : error.Message,
        error.Retryable
            ? "Read the stack trace and the last log lines; fix the job or what it depends on, then start the run " +
                "again."
            : "Mend the input as the job says, and upload or submit that: repeating this run cannot help.");

    private static Verdict? ByMemory(TaskObservation task) => Texts(task).Any(IsOutOfMemory) ? OutOfMemory() : null;

    private static bool IsOutOfMemory(string? text) =>
        text?.StartsWith("OutOfMemory", StringComparison.Ordinal) == true;

    private static Verdict OutOfMemory() => new(
        VerdictClass.OutOfMemory,
        VerdictAction.RetryBigger,
        "The job needed more memory than its container has.",
        "Raise MemoryMiB, or make the job hold less at once.");

    /// <summary>The end of a run that may not, or not any more, be repeated with more memory.</summary>
    /// <param name="size">What it had.</param>
    /// <param name="maxMemoryMiB">What it was allowed; null when it was not to grow.</param>
    public static Verdict OutOfMemory(TaskSize size, int? maxMemoryMiB) => OutOfMemory() with
    {
        NextStep = maxMemoryMiB is { } limit
            ? $"It had {size.MemoryMiB} MiB, and MaxMemoryMiB = {limit} allows no more. Raise MaxMemoryMiB, or make " +
                "the job hold less at once; then start the run again."
            : $"It had {size.MemoryMiB} MiB. Raise MemoryMiB, set MaxMemoryMiB so that such runs are repeated with " +
                "more, or make the job hold less at once; then start the run again.",
    };

    private static Verdict? ByStopCode(TaskObservation task) => task.StopCode switch
    {
        "SpotInterruption" => Spot(),
        "TerminationNotice" when task.StoppedReason?.Contains("Spot", StringComparison.OrdinalIgnoreCase) == true =>
            Spot(),
        "TerminationNotice" or "InfrastructureHealth" => new(
            VerdictClass.HostRetired, VerdictAction.RetryFree, "AWS retired the host under the task.",
            "Nothing to do: the run is repeated at no cost of an attempt."),
        "ServiceSchedulerInitiated" => new(
            VerdictClass.HostRetired, VerdictAction.RetryFree, "The ECS service scheduler stopped the task.",
            "Nothing to do: the run is repeated at no cost of an attempt."),
        "UserInitiated" => new(
            VerdictClass.StoppedByHand,
            VerdictAction.GiveUp,
            $"The task was stopped by hand{(task.StoppedReason is { Length: > 0 } reason ? $": {reason}" : ".")}",
            "Ask who called StopTask (CloudTrail knows); start the run again if it is wanted."),
        _ => null,
    };

    private static Verdict Spot() => new(
        VerdictClass.SpotInterruption,
        VerdictAction.RetryOnDemand,
        "Fargate Spot reclaimed the capacity.",
        "Nothing to do: the run is repeated on demand at no cost of an attempt.");

    private static Verdict? ByStartFailure(TaskObservation task)
    {
        foreach (var text in Texts(task))
        {
            if (StartFailures.Classify(text) is { } verdict) return verdict;
        }

        return FailedToStart(task) ? StartFailures.Unknown(task.StoppedReason) : null;
    }

    // Old events have no stop code, and say it in words.
    private static bool FailedToStart(TaskObservation task) => task.StopCode == "TaskFailedToStart"
        || (string.IsNullOrEmpty(task.StopCode)
            && task.StoppedReason?.StartsWith("Task failed to start", StringComparison.Ordinal) == true);

    private static Verdict ByExitCode(StoppedTask stopped)
    {
        var task = stopped.Task;
        var others = task.Containers.Where(container => container.Name != Names.WorkerContainer);
        if (task.Worker?.ExitCode is not { } code)
        {
            return task.Worker is not null
                && others.FirstOrDefault(other => other.ExitCode is not (null or 0)) is { } first
                ? SidecarFailed(first)
                : NoExitCode(task);
        }

        // A worker that was killed may have been killed because another container failed by itself.
        var sidecar = others.FirstOrDefault(other => other.ExitCode is > 0 and < 128);
        return code switch
        {
            0 when !stopped.HasHost => Interrupted(
                $"ECS stopped the task ({task.StopCode}). Its program then ended with exit code 0, which does not show "
                + "that its work was done."),
            0 => NoResult(),
            // Had the run known of a cancel or a timeout, that would have decided already.
            WorkerExitCodes.Interrupted or WorkerExitCodes.Cancelled or WorkerExitCodes.TimedOut when stopped.HasHost =>
                Interrupted("The worker was told to stop before the job was done."),
            137 or 143 when sidecar is not null => SidecarFailed(sidecar),
            143 => Interrupted("SIGTERM ended the program."),
            137 => new(
                VerdictClass.Killed,
                VerdictAction.Retry,
                "The container was killed (exit code 137) with no sign of memory trouble: it ignored SIGTERM until " +
                "the stop timeout.",
                "Let the job end when `stop` is cancelled; check that the image's ENTRYPOINT is not a shell that " +
                "swallows signals."),
            WorkerExitCodes.HostFailed or WorkerExitCodes.JobFailed when stopped.HasHost => HostFailed(stopped),
            > 128 and <= 128 + MaxSignal => Crashed(code, stopped.Worker?.Error),
            _ => new(
                VerdictClass.ExitedNonZero,
                VerdictAction.Retry,
                $"The program ended with exit code {code}.",
                "The code is the program's own: read the last log lines."),
        };
    }

    private static Verdict Interrupted(string what) => new(
        VerdictClass.Interrupted, VerdictAction.RetryFree, what,
        "Nothing to do: the run is repeated at no cost of an attempt.");

    private static Verdict NoResult() => new(
        VerdictClass.NoResult,
        VerdictAction.Retry,
        "The worker exited with code 0 but recorded no result.",
        "Let the program return JobHost's exit code, and do not call Environment.Exit in a job.");

    private static Verdict NoExitCode(TaskObservation task) => new(
        VerdictClass.NoExitCode,
        VerdictAction.Retry,
        "The task stopped without an exit " +
        $"code{(task.StoppedReason is { Length: > 0 } reason ? $": {reason}" : " and without a reason.")}",
        "If it repeats, describe the task within the hour: aws ecs describe-tasks.");

    private static Verdict SidecarFailed(ContainerObservation sidecar) => new(
        VerdictClass.SidecarFailed,
        VerdictAction.Retry,
        $"The container '{sidecar.Name}' ended with exit code {sidecar.ExitCode} and took the worker with it.",
        $"Read the logs of '{sidecar.Name}', or declare it not essential.");

    private static Verdict HostFailed(StoppedTask stopped) => new(
        VerdictClass.HostFailed,
        stopped.Worker?.Error is { Retryable: false } ? VerdictAction.GiveUp : VerdictAction.Retry,
        stopped.Worker?.Error?.Message is { Length: > 0 } message
            ? message
            : "The worker's host failed before it could record why.",
        "Read the first log lines of the task: they say what the host could not do.");

    // What the process could still note before it died.
    private static Verdict Crashed(int code, Workers.WorkerError? error)
    {
        var signal = code switch
        {
            134 => "SIGABRT, as an unhandled exception does",
            139 => "SIGSEGV",
            _ => $"signal {code - 128}"
        };
        var why = error is null ? "." : $": {error.Type}: {error.Message}";
        return new(
            VerdictClass.Crashed,
            VerdictAction.Retry,
            $"The process died of {signal} (exit code {code}){why}",
            "Read the last log lines; an exception on a thread of the job's own never reaches the host.");
    }

    private static IEnumerable<string> Texts(TaskObservation task) =>
        task.Containers.OrderByDescending(container => container.Name == Names.WorkerContainer)
            .Select(container => container.Reason).Append(task.StoppedReason).OfType<string>();
}
