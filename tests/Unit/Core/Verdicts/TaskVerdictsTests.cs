using Jobs.Core;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Verdicts;

/// <summary>A row for every stop code, reason and exit code that AWS documents, and some that it does not.</summary>
public sealed class TaskVerdictsTests
{
    private const string Arn = "arn:aws:ecs:eu-central-1:123456789012:task/jobs/1";
    private const string Exited = "EssentialContainerExited";
    private const string ExitedText = "Essential container in task exited";
    private const string NotStarted = "TaskFailedToStart";

    [Theory]
    // Exit codes.
    [InlineData(Exited, ExitedText, 0, null, VerdictClass.NoResult, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 1, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 2, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 64, null, VerdictClass.HostFailed, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 69, null, VerdictClass.AwsUnavailable, VerdictAction.RetryFree)]
    [InlineData(Exited, ExitedText, 70, null, VerdictClass.HostFailed, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 71, null, VerdictClass.WorkerUnnamed, VerdictAction.RetryFree)]
    [InlineData(Exited, ExitedText, 75, null, VerdictClass.Interrupted, VerdictAction.RetryFree)]
    [InlineData(Exited, ExitedText, 76, null, VerdictClass.Interrupted, VerdictAction.RetryFree)]
    [InlineData(Exited, ExitedText, 77, null, VerdictClass.Interrupted, VerdictAction.RetryFree)]
    [InlineData(Exited, ExitedText, 79, null, VerdictClass.Superseded, VerdictAction.RetryFree)]
    [InlineData(Exited, ExitedText, 80, null, VerdictClass.AwaitingChildren, VerdictAction.Await)]
    [InlineData(Exited, ExitedText, 126, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 127, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 128, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 134, null, VerdictClass.Crashed, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 137, null, VerdictClass.Killed, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 139, null, VerdictClass.Crashed, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 143, null, VerdictClass.Interrupted, VerdictAction.RetryFree)]
    [InlineData(Exited, ExitedText, 192, null, VerdictClass.Crashed, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 193, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, 255, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, -1, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    // A missing exit code is never success.
    [InlineData(Exited, ExitedText, null, null, VerdictClass.NoExitCode, VerdictAction.Retry)]
    [InlineData(null, ExitedText, null, null, VerdictClass.NoExitCode, VerdictAction.Retry)]
    [InlineData(null, null, null, null, VerdictClass.NoExitCode, VerdictAction.Retry)]
    [InlineData("", "", null, "", VerdictClass.NoExitCode, VerdictAction.Retry)]
    [InlineData("SomethingNewFromAws", "A reason that is new.", null, null, VerdictClass.NoExitCode,
        VerdictAction.Retry)]
    // Old events have no stop code.
    [InlineData(null, ExitedText, 1, null, VerdictClass.ExitedNonZero, VerdictAction.Retry)]
    // Memory, whatever the exit code and wherever the text is.
    [InlineData(Exited, ExitedText, 137, "OutOfMemoryError: Container killed due to memory usage",
        VerdictClass.OutOfMemory, VerdictAction.RetryBigger)]
    [InlineData(Exited, "OutOfMemoryError: Container killed due to memory usage", 137, null, VerdictClass.OutOfMemory,
        VerdictAction.RetryBigger)]
    [InlineData(Exited, ExitedText, 0, "OutOfMemoryError: Container killed due to memory usage",
        VerdictClass.OutOfMemory, VerdictAction.RetryBigger)]
    [InlineData(Exited, ExitedText, null, "OutOfMemoryError: container killed due to memory usage",
        VerdictClass.OutOfMemory, VerdictAction.RetryBigger)]
    [InlineData(Exited, ExitedText, null, "OutOfMemory: Container killed due to memory usage", VerdictClass.OutOfMemory,
        VerdictAction.RetryBigger)]
    // Stop codes.
    [InlineData("SpotInterruption", "Your Spot Task was interrupted.", 75, null, VerdictClass.SpotInterruption,
        VerdictAction.RetryOnDemand)]
    [InlineData("SpotInterruption", null, null, null, VerdictClass.SpotInterruption, VerdictAction.RetryOnDemand)]
    [InlineData("SpotInterruption", "Your Spot Task was interrupted.", 0, null, VerdictClass.SpotInterruption,
        VerdictAction.RetryOnDemand)]
    [InlineData("SpotInterruption", "Your Spot Task was interrupted.", 137, null, VerdictClass.SpotInterruption,
        VerdictAction.RetryOnDemand)]
    [InlineData("TerminationNotice", "Your Spot Task was interrupted.", 143, null, VerdictClass.SpotInterruption,
        VerdictAction.RetryOnDemand)]
    [InlineData("TerminationNotice", "ECS is performing maintenance on the underlying infrastructure hosting the task.",
        143, null, VerdictClass.HostRetired, VerdictAction.RetryFree)]
    [InlineData("TerminationNotice", null, 0, null, VerdictClass.HostRetired, VerdictAction.RetryFree)]
    [InlineData("InfrastructureHealth", "The underlying infrastructure failed.", null, null, VerdictClass.HostRetired,
        VerdictAction.RetryFree)]
    [InlineData("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/1)", 143, null,
        VerdictClass.HostRetired, VerdictAction.RetryFree)]
    [InlineData("UserInitiated", "Task stopped by user", 0, null, VerdictClass.StoppedByHand, VerdictAction.GiveUp)]
    [InlineData("UserInitiated", null, 137, null, VerdictClass.StoppedByHand, VerdictAction.GiveUp)]
    // Never started.
    [InlineData(NotStarted, "CannotPullContainerError: ref pull has been retried 5 time(s): failed to resolve ref",
        null, null, VerdictClass.ImagePullFailed, VerdictAction.Retry)]
    [InlineData(NotStarted, "CannotPullContainerError: pull image manifest has been retried 1 time(s)", null, null,
        VerdictClass.ImagePullFailed, VerdictAction.Retry)]
    [InlineData(NotStarted, "Task failed to start", null,
        "CannotPullContainerError: Error response from daemon: toomanyrequests", VerdictClass.ImagePullFailed,
        VerdictAction.Retry)]
    [InlineData(NotStarted, "CannotPullImageManifestError: manifest unknown", null, null, VerdictClass.ImagePullFailed,
        VerdictAction.Retry)]
    [InlineData(NotStarted, "ResourceInitializationError: unable to pull secrets or registry auth: execution " +
        "resource retrieval failed", null, null, VerdictClass.ResourceInitializationFailed, VerdictAction.Retry)]
    [InlineData(NotStarted, "ResourceInitializationError: failed to initialize logging driver: failed to create " +
        "Cloudwatch log stream", null, null, VerdictClass.ResourceInitializationFailed, VerdictAction.Retry)]
    [InlineData(NotStarted, "ResourceInitializationError: failed to validate logger args: create stream has been " +
        "retried 1 times", null, null, VerdictClass.ResourceInitializationFailed, VerdictAction.Retry)]
    [InlineData(NotStarted, "Task failed to start", null, "CannotCreateVolumeError: mount failed",
        VerdictClass.ResourceInitializationFailed, VerdictAction.Retry)]
    [InlineData(NotStarted, "Task failed to start", null,
        "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task",
        VerdictClass.ContainerNotStarted, VerdictAction.Retry)]
    [InlineData(NotStarted, "Task failed to start", null, "CannotCreateContainerError: no such image",
        VerdictClass.ContainerNotStarted, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, null, "CannotInspectContainerError: Could not transition to inspecting",
        VerdictClass.ContainerNotStarted, VerdictAction.Retry)]
    [InlineData(Exited, ExitedText, null, "CannotStopContainerError: i/o timeout", VerdictClass.ContainerNotStarted,
        VerdictAction.Retry)]
    [InlineData(NotStarted, "ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting " +
        "5m0s", null, null, VerdictClass.ContainerNotStarted, VerdictAction.Retry)]
    [InlineData(NotStarted, "Task failed to start", null,
        "DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s",
        VerdictClass.ContainerNotStarted, VerdictAction.Retry)]
    [InlineData(NotStarted, "Timeout waiting for network interface provisioning to complete.", null, null,
        VerdictClass.NetworkNotReady, VerdictAction.Retry)]
    [InlineData(NotStarted, "network interface provision complete error timeout expired", null, null,
        VerdictClass.NetworkNotReady, VerdictAction.Retry)]
    [InlineData(NotStarted, "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': " +
        "InsufficientFreeAddressesInSubnet", null, null, VerdictClass.FailedToStart, VerdictAction.Retry)]
    [InlineData(NotStarted, "Timeout waiting for EphemeralStorage provisioning to complete.", null, null,
        VerdictClass.FailedToStart, VerdictAction.Retry)]
    [InlineData(NotStarted, "Capacity is unavailable at this time. Please try again later or in a different " +
        "availability zone", null, null, VerdictClass.CapacityUnavailable, VerdictAction.RetryFree)]
    [InlineData(NotStarted, null, null, null, VerdictClass.FailedToStart, VerdictAction.Retry)]
    [InlineData(null, "Task failed to start", null, null, VerdictClass.FailedToStart, VerdictAction.Retry)]
    [InlineData("", "Task failed to start", null, null, VerdictClass.FailedToStart, VerdictAction.Retry)]
    [InlineData(null, "InternalError: it broke", null, null, VerdictClass.FailedToStart, VerdictAction.Retry)]
    // What was just deployed may not be visible yet.
    [InlineData(NotStarted, "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/jobs' that was " +
        "provided for this task.", null, null, VerdictClass.AccessDenied, VerdictAction.RetryAWhile)]
    [InlineData(NotStarted, "ResourceInitializationError: unable to pull secrets or registry auth: " +
        "AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue", null, null,
        VerdictClass.ResourceInitializationFailed, VerdictAction.RetryAWhile)]
    [InlineData(NotStarted, "Task failed to start", null,
        "CannotPullContainerError: User is not authorized to perform: ecr:BatchGetImage", VerdictClass.ImagePullFailed,
        VerdictAction.RetryAWhile)]
    [InlineData(NotStarted, "Task failed to start", null,
        "CannotPullContainerError: pull access denied for shop, repository does not exist",
        VerdictClass.ImagePullFailed, VerdictAction.Retry)]
    public void Stopped_task_without_a_record_is_classified(
        string? stopCode,
        string? stoppedReason,
        int? exitCode,
        string? reason,
        VerdictClass expected,
        VerdictAction action)
    {
        var verdict = TaskVerdicts.Classify(
            new(Task(stopCode, stoppedReason, Container("worker", exitCode, reason)), null, null, HasHost: true));

        Assert.Equal((expected, action), (verdict.Class, verdict.Action));
        AssertReadable(verdict);
        if (expected is VerdictClass.ImagePullFailed or VerdictClass.ResourceInitializationFailed
            or VerdictClass.ContainerNotStarted or VerdictClass.NetworkNotReady or VerdictClass.FailedToStart
            or VerdictClass.CapacityUnavailable
            && (reason ?? stoppedReason) is { } said)
        {
            Assert.Contains(said, verdict.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, null, VerdictClass.Succeeded)]
    [InlineData(0, "OutOfMemoryError: Container killed due to memory usage", VerdictClass.OutOfMemory)]
    [InlineData(64, null, VerdictClass.ExitedNonZero)]
    [InlineData(75, null, VerdictClass.ExitedNonZero)]
    [InlineData(79, null, VerdictClass.ExitedNonZero)]
    [InlineData(80, null, VerdictClass.ExitedNonZero)]
    [InlineData(null, null, VerdictClass.NoExitCode)]
    public void Exit_codes_of_an_image_without_our_host_are_its_own(
        int? exitCode, string? reason, VerdictClass expected) =>
        Assert.Equal(
            expected,
            TaskVerdicts.Classify(
                new(Task(Exited, ExitedText, Container("worker", exitCode, reason)), null, null,
                    HasHost: false)).Class);

    /// <summary>
    /// Many programs answer SIGTERM with code 0, so that it proves nothing where they were told to end.
    /// </summary>
    [Theory]
    [InlineData(Exited, null, VerdictClass.Succeeded, VerdictAction.None)]
    [InlineData(null, null, VerdictClass.Succeeded, VerdictAction.None)]
    [InlineData("", null, VerdictClass.Succeeded, VerdictAction.None)]
    [InlineData("SpotInterruption", null, VerdictClass.SpotInterruption, VerdictAction.RetryOnDemand)]
    [InlineData("TerminationNotice", null, VerdictClass.HostRetired, VerdictAction.RetryFree)]
    [InlineData("InfrastructureHealth", null, VerdictClass.HostRetired, VerdictAction.RetryFree)]
    [InlineData("ServiceSchedulerInitiated", null, VerdictClass.HostRetired, VerdictAction.RetryFree)]
    [InlineData("UserInitiated", null, VerdictClass.StoppedByHand, VerdictAction.GiveUp)]
    [InlineData(NotStarted, null, VerdictClass.FailedToStart, VerdictAction.Retry)]
    [InlineData("SomethingNewFromAws", null, VerdictClass.Interrupted, VerdictAction.RetryFree)]
    [InlineData("UserInitiated", StopCause.Cancelled, VerdictClass.Cancelled, VerdictAction.GiveUp)]
    [InlineData("UserInitiated", StopCause.TimedOut, VerdictClass.TimedOut, VerdictAction.GiveUp)]
    [InlineData("UserInitiated", StopCause.RunTimedOut, VerdictClass.RunTimedOut, VerdictAction.GiveUp)]
    [InlineData(null, StopCause.Cancelled, VerdictClass.Cancelled, VerdictAction.GiveUp)]
    [InlineData(Exited, StopCause.TimedOut, VerdictClass.Succeeded, VerdictAction.None)]
    [InlineData(Exited, StopCause.Cancelled, VerdictClass.Succeeded, VerdictAction.None)]
    public void Exit_code_0_of_an_image_without_our_host_counts_when_it_ended_by_itself(
        string? stopCode, StopCause? cause, VerdictClass expected, VerdictAction action)
    {
        var verdict = TaskVerdicts.Classify(
            new(Task(stopCode, null, Container("worker", 0, null)), null, cause, HasHost: false));

        Assert.Equal((expected, action), (verdict.Class, verdict.Action));
        AssertReadable(verdict);
    }

    /// <summary>
    /// What the worker had noted before it was told to stop; a host that is told first exits with 75, 76 or 77.
    /// </summary>
    [Theory]
    [InlineData("children", 80, VerdictClass.AwaitingChildren)]
    [InlineData("children", 137, VerdictClass.AwaitingChildren)]
    [InlineData("children", null, VerdictClass.AwaitingChildren)]
    [InlineData("error", 64, VerdictClass.JobFailed)]
    [InlineData("error", 70, VerdictClass.HostFailed)]
    [InlineData("error", 69, VerdictClass.AwsUnavailable)]
    [InlineData("nothing", 69, VerdictClass.AwsUnavailable)]
    [InlineData("result", 0, VerdictClass.Succeeded)]
    [InlineData("error", 75, null)]
    [InlineData("error", 77, null)]
    [InlineData("error", 137, null)]
    [InlineData("children", 75, null)]
    [InlineData("children", 76, null)]
    [InlineData("children", 77, null)]
    [InlineData("nothing", 64, null)]
    [InlineData("nothing", 80, null)]
    [InlineData("nothing", 137, null)]
    public void End_that_was_noted_before_the_stop_outweighs_our_own_judgement(
        string noted, int? exitCode, VerdictClass? expected)
    {
        foreach (var cause in (StopCause[])[StopCause.TimedOut, StopCause.HeartbeatLost, StopCause.NeverStarted])
        {
            var verdict = TaskVerdicts.Classify(
                new(
                    Task("UserInitiated", null, Container("worker", exitCode, null)),
                    Noting(noted),
                    cause,
                    HasHost: true));
            Assert.Equal(expected ?? Enum.Parse<VerdictClass>(cause.ToString()), verdict.Class);
        }
    }

    [Theory]
    [InlineData(StopCause.Cancelled, VerdictClass.Cancelled)]
    [InlineData(StopCause.RunTimedOut, VerdictClass.RunTimedOut)]
    public void Children_do_not_outweigh_what_a_person_asked_for_nor_the_runs_own_limit(
        StopCause cause, VerdictClass expected)
    {
        Assert.Equal(
            expected,
            TaskVerdicts.Classify(
                new(
                    Task("UserInitiated", null, Container("worker", 80, null)),
                    Noting("children"),
                    cause,
                    HasHost: true)).Class);
    }

    [Fact]
    public void Outage_is_told_as_the_host_met_it()
    {
        var error = new WorkerError("T", "The checkpoint could not be read: no route.", null, true);
        var worker = new WorkerRecord(1, Arn, default) { Error = error };
        var verdict = TaskVerdicts.Classify(
            new(Task(Exited, ExitedText, Container("worker", 69, null)), worker, null, HasHost: true));

        Assert.Equal(
            (VerdictClass.AwsUnavailable, VerdictAction.RetryFree, error.Message),
            (verdict.Class, verdict.Action, verdict.Sentence));
    }

    [Fact]
    public void Crash_is_told_with_what_the_process_could_still_note()
    {
        var error = new WorkerError("System.IO.IOException", "Disk full.", "at X", true);
        var worker = new WorkerRecord(1, Arn, default) { Error = error };
        var verdict = TaskVerdicts.Classify(
            new(Task(Exited, ExitedText, Container("worker", 134, null)), worker, null, HasHost: true));

        Assert.Equal(VerdictClass.Crashed, verdict.Class);
        Assert.EndsWith(
            "(exit code 134): System.IO.IOException: Disk full.", verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(69)]
    [InlineData(71)]
    public void Codes_of_our_host_mean_nothing_where_it_is_not(int exitCode) =>
        Assert.Equal(
            VerdictClass.ExitedNonZero,
            TaskVerdicts.Classify(
                new(Task(Exited, ExitedText, Container("worker", exitCode, null)), null, null, HasHost: false)).Class);

    [Theory]
    [InlineData("EssentialContainerExited", 0)]
    [InlineData("EssentialContainerExited", 137)]
    [InlineData("SpotInterruption", 143)]
    [InlineData("UserInitiated", null)]
    public void Recorded_result_outweighs_everything(string stopCode, int? exitCode)
    {
        var worker = new WorkerRecord(1, Arn, default) { ResultJson = "{}" };

        foreach (
            var cause in new StopCause?[] { null, StopCause.Cancelled, StopCause.TimedOut, StopCause.HeartbeatLost })
        {
            Assert.Equal(
                VerdictClass.Succeeded,
                TaskVerdicts.Classify(
                    new(Task(stopCode, null, Container("worker", exitCode, null)), worker, cause,
                        HasHost: true)).Class);
        }
    }

    [Theory]
    [InlineData(StopCause.Cancelled, VerdictClass.Cancelled, VerdictAction.GiveUp)]
    [InlineData(StopCause.TimedOut, VerdictClass.TimedOut, VerdictAction.GiveUp)]
    [InlineData(StopCause.HeartbeatLost, VerdictClass.HeartbeatLost, VerdictAction.Retry)]
    public void Our_own_stop_names_its_cause_not_stopTask(StopCause cause, VerdictClass expected, VerdictAction action)
    {
        var verdict = TaskVerdicts.Classify(
            new(
                Task("UserInitiated", "Run line-count/x timed out.", Container("worker", 137, null)),
                null,
                cause,
                HasHost: true));

        Assert.Equal((expected, action), (verdict.Class, verdict.Action));
        AssertReadable(verdict);
    }

    [Theory]
    [InlineData(true, VerdictAction.Retry)]
    [InlineData(false, VerdictAction.GiveUp)]
    public void Recorded_error_is_told_in_its_own_words(bool retryable, VerdictAction action)
    {
        var verdict = TaskVerdicts.Classify(
            Failed(new WorkerError("App.BadRow", "Row 7 has no price.", null, retryable)));

        Assert.Equal(
            (VerdictClass.JobFailed, action, "Row 7 has no price."), (verdict.Class, verdict.Action, verdict.Sentence));
        Assert.Equal(!retryable, verdict.NextStep.StartsWith("Mend the input", StringComparison.Ordinal));
        AssertReadable(verdict);
    }

    [Theory]
    [InlineData(true, VerdictAction.Retry)]
    [InlineData(false, VerdictAction.GiveUp)]
    public void Host_that_says_that_repeating_cannot_help_is_believed(bool retryable, VerdictAction action)
    {
        var worker = new WorkerRecord(1, Arn, default)
        {
            Error = new WorkerError("T", "No such job.", null, retryable),
        };
        var verdict = TaskVerdicts.Classify(
            new(Task(Exited, ExitedText, Container("worker", 70, null)), worker, null, HasHost: true));

        Assert.Equal(
            (VerdictClass.HostFailed, action, "No such job."), (verdict.Class, verdict.Action, verdict.Sentence));
    }

    [Theory]
    [InlineData(134, "SIGABRT")]
    [InlineData(139, "SIGSEGV")]
    [InlineData(136, "signal 8 ")]
    public void Crash_is_told_with_its_signal(int code, string signal)
    {
        var task = Task(Exited, ExitedText, Container("worker", code, null));

        Assert.Contains(
            signal, TaskVerdicts.Classify(new(task, null, null, HasHost: false)).Sentence, StringComparison.Ordinal);
    }

    /// <summary>Each of the three texts has a class of its own.</summary>
    [Theory]
    [InlineData("CannotPullContainerError: w", VerdictClass.ImagePullFailed)]
    [InlineData(null, VerdictClass.ResourceInitializationFailed)]
    public void Reason_of_the_worker_counts_before_those_of_others_and_of_the_task(
        string? reason, VerdictClass expected)
    {
        var task = Task(
            NotStarted,
            "CannotStartContainerError: t",
            Container("proxy", null, "ResourceInitializationError: p"),
            Container("worker", null, reason));

        Assert.Equal(expected, TaskVerdicts.Classify(new(task, null, null, HasHost: true)).Class);
    }

    [Fact]
    public void Error_without_a_message_is_named_by_its_type() =>
        Assert.Contains(
            "App.BadRow",
            TaskVerdicts.Classify(Failed(new WorkerError("App.BadRow", " ", null, true))).Sentence,
            StringComparison.Ordinal);

    [Fact]
    public void Dotnets_own_out_of_memory_wants_more_memory_too() =>
        Assert.Equal(
            VerdictAction.RetryBigger,
            TaskVerdicts.Classify(
                Failed(new WorkerError("System.OutOfMemoryException", "Exception of type…", null, true))).Action);

    [Theory]
    [InlineData(137, 2, VerdictClass.SidecarFailed)]
    [InlineData(143, 1, VerdictClass.SidecarFailed)]
    [InlineData(null, 2, VerdictClass.SidecarFailed)]
    [InlineData(null, 139, VerdictClass.SidecarFailed)]
    [InlineData(null, 0, VerdictClass.NoExitCode)]
    [InlineData(137, 0, VerdictClass.Killed)]
    [InlineData(137, 128, VerdictClass.Killed)]
    [InlineData(137, 137, VerdictClass.Killed)]
    [InlineData(1, 137, VerdictClass.ExitedNonZero)]
    [InlineData(1, 2, VerdictClass.ExitedNonZero)]
    public void Container_beside_the_worker_is_blamed_only_when_it_ended_first(
        int? worker, int sidecar, VerdictClass expected)
    {
        var verdict = TaskVerdicts.Classify(
            new(
                Task(Exited, ExitedText, Container("proxy", sidecar, null), Container("worker", worker, null)),
                null,
                null,
                HasHost: true));

        Assert.Equal(expected, verdict.Class);
        Assert.Equal(
            expected == VerdictClass.SidecarFailed, verdict.Sentence.Contains("'proxy'", StringComparison.Ordinal));
    }

    [Fact]
    public void Task_without_containers_has_no_exit_code() =>
        Assert.Equal(
            VerdictClass.NoExitCode, TaskVerdicts.Classify(new(Task(null, null), null, null, HasHost: false)).Class);

    private static WorkerRecord Noting(string what) => new(1, Arn, default)
    {
        ResultJson = what == "result" ? "{}" : null,
        Error = what == "error" ? new WorkerError("App.BadRow", "Row 7 has no price.", null, true) : null,
        Children = what == "children" ? 3 : null,
        ExitCode = what switch
        {
            "result" => WorkerExitCodes.Succeeded,
            "error" => WorkerExitCodes.JobFailed,
            "children" => WorkerExitCodes.AwaitingChildren,
            _ => null,
        },
    };

    private static StoppedTask Failed(WorkerError error) =>
        new(
            Task(Exited, ExitedText, Container("worker", 64, null)),
            new WorkerRecord(1, Arn, default) { Error = error },
            null,
            HasHost: true);

    private static ContainerObservation Container(string name, int? exitCode, string? reason) =>
        new(name, exitCode, reason);

    private static TaskObservation Task(
        string? stopCode, string? stoppedReason, params ContainerObservation[] containers) =>
        new(Arn) { StopCode = stopCode, StoppedReason = stoppedReason, Containers = containers };

    private static void AssertReadable(Verdict verdict)
    {
        foreach (var text in new[] { verdict.Sentence, verdict.NextStep })
        {
            Assert.Matches(@"^\S.*\S$", text);
            Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        }

        Assert.EndsWith(".", verdict.NextStep, StringComparison.Ordinal);
    }
}
