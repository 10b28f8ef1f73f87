using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Verdicts;

public sealed class RetryRulesTests
{
    private static readonly WorkerError Thrown = new("Shop.Rates+MissingException", "No rate.", null, Retryable: true);

    private static readonly WorkerError Hopeless = Thrown with { Retryable = false };

    private static readonly RetryMatch Everything = new()
    {
        Classes = RetryRules.Decidable,
        ExitCodes = [.. Enumerable.Range(0, 256)],
    };

    /// <summary>
    /// What the rules say about an end: its class, its own action, what the job threw, its exit code.
    /// </summary>
    public static TheoryData<
        string, RetryMatch?, RetryMatch?, VerdictClass, VerdictAction, WorkerError?, int?, VerdictAction>
        Cases() => new()
    {
        { "no rules", null, null, VerdictClass.JobFailed, VerdictAction.Retry, Thrown, 64, VerdictAction.Retry },
        { "no rules, out of time", null, null, VerdictClass.TimedOut, VerdictAction.GiveUp, null, null,
            VerdictAction.GiveUp },
        { "another class", Class(VerdictClass.Killed), Class(VerdictClass.Crashed), VerdictClass.ExitedNonZero,
            VerdictAction.Retry, null, 3, VerdictAction.Retry },
        { "never: class", Class(VerdictClass.Crashed), null, VerdictClass.Crashed, VerdictAction.Retry, null, 134,
            VerdictAction.GiveUp },
        { "never: exit code", Code(3), null, VerdictClass.ExitedNonZero, VerdictAction.Retry, null, 3,
            VerdictAction.GiveUp },
        { "never: other exit code", Code(3), null, VerdictClass.ExitedNonZero, VerdictAction.Retry, null, 4,
            VerdictAction.Retry },
        { "never: no exit code", Code(0), null, VerdictClass.NoExitCode, VerdictAction.Retry, null, null,
            VerdictAction.Retry },
        { "never: full name", Error("Shop.Rates+MissingException"), null, VerdictClass.JobFailed, VerdictAction.Retry,
            Thrown, 64, VerdictAction.GiveUp },
        { "never: simple name", Error("MissingException"), null, VerdictClass.JobFailed, VerdictAction.Retry, Thrown,
            64, VerdictAction.GiveUp },
        { "never: part of a name", Error("Exception", "Rates+MissingException", "Rates"), null, VerdictClass.JobFailed,
            VerdictAction.Retry, Thrown, 64, VerdictAction.Retry },
        { "never: grow", Class(VerdictClass.OutOfMemory), null, VerdictClass.OutOfMemory, VerdictAction.RetryBigger,
            null, 137, VerdictAction.GiveUp },
        { "again: class", null, Class(VerdictClass.TimedOut), VerdictClass.TimedOut, VerdictAction.GiveUp, null, null,
            VerdictAction.Retry },
        { "again: memory", null, Class(VerdictClass.OutOfMemory), VerdictClass.OutOfMemory, VerdictAction.RetryBigger,
            null, 137, VerdictAction.Retry },
        { "both: never wins", Code(3), Class(VerdictClass.ExitedNonZero), VerdictClass.ExitedNonZero,
            VerdictAction.Retry, null, 3, VerdictAction.GiveUp },
        { "hopeless: class", null, Everything, VerdictClass.JobFailed, VerdictAction.GiveUp, Hopeless, 64,
            VerdictAction.GiveUp },
        { "hopeless: named", null, Error("MissingException"), VerdictClass.JobFailed, VerdictAction.GiveUp, Hopeless,
            64, VerdictAction.Retry },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rules_choose_the_action(
        string what,
        RetryMatch? never,
        RetryMatch? again,
        VerdictClass verdict,
        VerdictAction own,
        WorkerError? error,
        int? code,
        VerdictAction chosen)
    {
        var decided = RetryRules.Decide(Verdict(verdict, own), code, error, never, again);

        Assert.True(chosen == decided.Action, $"{what}: {decided.Action}");
        Assert.Equal("It ended.", decided.Sentence);
        Assert.Equal(
            chosen == VerdictAction.GiveUp && own != VerdictAction.GiveUp,
            decided.NextStep.Contains("NonRetryable", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_the_jobs_to_decide_stays_as_it_is()
    {
        var fixedClasses = Enum.GetValues<VerdictClass>().Except(RetryRules.Decidable).ToList();
        Assert.Superset(
            new HashSet<VerdictClass>
            {
                VerdictClass.Succeeded, VerdictClass.Cancelled, VerdictClass.StoppedByHand,
                VerdictClass.AwaitingChildren, VerdictClass.JobRemoved, VerdictClass.ChildrenFailed,
                VerdictClass.RunTimedOut, VerdictClass.SpotInterruption, VerdictClass.HostRetired,
                VerdictClass.Interrupted, VerdictClass.Superseded,
                VerdictClass.WorkerUnnamed, VerdictClass.AwsUnavailable,
            },
            fixedClasses.ToHashSet());
        foreach (var verdict in from name in fixedClasses
                                from action in Enum.GetValues<VerdictAction>()
                                select Verdict(
                     name, action))
        {
            Assert.Same(verdict, RetryRules.Decide(verdict, 3, Thrown, Everything, null));
            Assert.Same(verdict, RetryRules.Decide(verdict, 3, Thrown, null, Everything));
        }
    }

    [Fact]
    public void Attempt_that_costs_nothing_stays_free()
    {
        var free = new[] { VerdictAction.RetryFree, VerdictAction.RetryOnDemand, VerdictAction.RetryAWhile };
        foreach (var verdict in from name in RetryRules.Decidable from action in free select Verdict(name, action))
        {
            Assert.Same(verdict, RetryRules.Decide(verdict, 3, Thrown, Everything, null));
            Assert.Same(verdict, RetryRules.Decide(verdict, 3, Thrown, null, Everything));
        }
    }

    private static Verdict Verdict(VerdictClass name, VerdictAction action) => new(name, action, "It ended.", "Look.");

    private static RetryMatch Class(VerdictClass name) => new() { Classes = [name] };

    private static RetryMatch Code(int code) => new() { ExitCodes = [code] };

    private static RetryMatch Error(params string[] types) => new() { ErrorTypes = types };
}
