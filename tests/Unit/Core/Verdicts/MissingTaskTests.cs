using Jobs.Core;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Verdicts;

/// <summary>A task that ECS has forgotten is judged by what its worker noted, as if ECS said it.</summary>
public sealed class MissingTaskTests
{
    private const string Arn = "arn:aws:ecs:eu-central-1:123456789012:task/jobs/1";

    private static readonly WorkerRecord Children = new(1, Arn, default)
    {
        Children = 3,
        ExitCode = WorkerExitCodes.AwaitingChildren,
    };

    [Theory]
    [InlineData(null)]
    [InlineData(StopCause.TimedOut)]
    [InlineData(StopCause.HeartbeatLost)]
    public void Missing_task_that_had_noted_its_children_awaits_them(StopCause? cause) =>
        Assert.Equal(
            (VerdictClass.AwaitingChildren, VerdictAction.Await),
            (
                TaskVerdicts.Missing(Children, cause).Class,
                TaskVerdicts.Missing(Children, cause).Action));

    [Theory]
    [InlineData(StopCause.Cancelled, VerdictClass.Cancelled)]
    [InlineData(StopCause.RunTimedOut, VerdictClass.RunTimedOut)]
    public void Children_do_not_outweigh_what_a_person_asked_for_nor_the_runs_own_limit(
        StopCause cause, VerdictClass expected) =>
        Assert.Equal(expected, TaskVerdicts.Missing(Children, cause).Class);

    [Theory]
    [InlineData(true, null, VerdictClass.Succeeded, VerdictAction.None)]
    [InlineData(false, null, VerdictClass.TaskMissing, VerdictAction.Retry)]
    [InlineData(false, StopCause.Cancelled, VerdictClass.Cancelled, VerdictAction.GiveUp)]
    [InlineData(true, StopCause.TimedOut, VerdictClass.Succeeded, VerdictAction.None)]
    public void Missing_task_is_judged_by_what_its_worker_recorded(
        bool hasResult, StopCause? cause, VerdictClass expected, VerdictAction action)
    {
        var verdict = TaskVerdicts.Missing(
            new WorkerRecord(1, Arn, default) { ResultKey = hasResult ? "_jobs/results/x" : null }, cause);

        Assert.Equal((expected, action), (verdict.Class, verdict.Action));
        Assert.EndsWith(".", verdict.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WorkerExitCodes.Interrupted, true, null, VerdictClass.Interrupted, VerdictAction.RetryFree)]
    [InlineData(WorkerExitCodes.Interrupted, true, StopCause.Cancelled, VerdictClass.Cancelled, VerdictAction.GiveUp)]
    [InlineData(WorkerExitCodes.AwsUnavailable, true, null, VerdictClass.AwsUnavailable, VerdictAction.RetryFree)]
    [InlineData(WorkerExitCodes.JobFailed, true, null, VerdictClass.JobFailed, VerdictAction.Retry)]
    [InlineData(WorkerExitCodes.JobFailed, false, null, VerdictClass.JobFailed, VerdictAction.GiveUp)]
    [InlineData(WorkerExitCodes.JobFailed, false, StopCause.TimedOut, VerdictClass.JobFailed, VerdictAction.GiveUp)]
    [InlineData(134, true, null, VerdictClass.Crashed, VerdictAction.Retry)]
    public void Missing_task_is_judged_by_the_code_that_its_worker_noted(
        int code, bool retryable, StopCause? cause, VerdictClass expected, VerdictAction action)
    {
        var error = code is WorkerExitCodes.Interrupted ? null : new WorkerError("T", "No.", null, retryable);

        var verdict = TaskVerdicts.Missing(new WorkerRecord(1, Arn, default) { ExitCode = code, Error = error }, cause);

        Assert.Equal((expected, action), (verdict.Class, verdict.Action));
        Assert.EndsWith(".", verdict.NextStep, StringComparison.Ordinal);
    }
}
