using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Verdicts;

public sealed class RetryRulesTests
{
    private static readonly WorkerError Thrown = new("Shop.Rates+MissingException", "No rate.", null, Retryable: true);

    private static readonly WorkerError Hopeless = Thrown with { Retryable = false };

    private static readonly RetryMatch Everything = new() { Classes = RetryRules.Decidable, ExitCodes = [.. Enumerable.Range(0, 256)] };

    /// <summary>What the rules say about an end: its class, its own cure, what the job threw, its exit code.</summary>
    public static TheoryData<string, RetryMatch?, RetryMatch?, VerdictClass, Cure, WorkerError?, int?, Cure> Cases() => new()
    {
        { "no rules", null, null, VerdictClass.JobFailed, Cure.Retry, Thrown, 64, Cure.Retry },
        { "no rules, out of time", null, null, VerdictClass.TimedOut, Cure.GiveUp, null, null, Cure.GiveUp },
        { "another class", Class(VerdictClass.Killed), Class(VerdictClass.Crashed), VerdictClass.ExitedNonZero, Cure.Retry, null, 3, Cure.Retry },
        { "never: class", Class(VerdictClass.Crashed), null, VerdictClass.Crashed, Cure.Retry, null, 134, Cure.GiveUp },
        { "never: exit code", Code(3), null, VerdictClass.ExitedNonZero, Cure.Retry, null, 3, Cure.GiveUp },
        { "never: other exit code", Code(3), null, VerdictClass.ExitedNonZero, Cure.Retry, null, 4, Cure.Retry },
        { "never: no exit code", Code(0), null, VerdictClass.NoExitCode, Cure.Retry, null, null, Cure.Retry },
        { "never: full name", Error("Shop.Rates+MissingException"), null, VerdictClass.JobFailed, Cure.Retry, Thrown, 64, Cure.GiveUp },
        { "never: simple name", Error("MissingException"), null, VerdictClass.JobFailed, Cure.Retry, Thrown, 64, Cure.GiveUp },
        { "never: part of a name", Error("Exception", "Rates+MissingException", "Rates"), null, VerdictClass.JobFailed, Cure.Retry, Thrown, 64, Cure.Retry },
        { "never: grow", Class(VerdictClass.OutOfMemory), null, VerdictClass.OutOfMemory, Cure.RetryBigger, null, 137, Cure.GiveUp },
        { "again: class", null, Class(VerdictClass.TimedOut), VerdictClass.TimedOut, Cure.GiveUp, null, null, Cure.Retry },
        { "again: memory", null, Class(VerdictClass.OutOfMemory), VerdictClass.OutOfMemory, Cure.RetryBigger, null, 137, Cure.Retry },
        { "both: never wins", Code(3), Class(VerdictClass.ExitedNonZero), VerdictClass.ExitedNonZero, Cure.Retry, null, 3, Cure.GiveUp },
        { "hopeless: class", null, Everything, VerdictClass.JobFailed, Cure.GiveUp, Hopeless, 64, Cure.GiveUp },
        { "hopeless: named", null, Error("MissingException"), VerdictClass.JobFailed, Cure.GiveUp, Hopeless, 64, Cure.Retry },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rules_choose_the_cure(string what, RetryMatch? never, RetryMatch? again, VerdictClass verdict, Cure own, WorkerError? error, int? code, Cure chosen)
    {
        var decided = RetryRules.Decide(Verdict(verdict, own), code, error, never, again);

        Assert.True(chosen == decided.Cure, $"{what}: {decided.Cure}");
        Assert.Equal("It ended.", decided.Sentence);
        Assert.Equal(chosen == Cure.GiveUp && own != Cure.GiveUp, decided.NextStep.Contains("NonRetryable", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_the_jobs_to_decide_stays_as_it_is()
    {
        var fixedClasses = Enum.GetValues<VerdictClass>().Except(RetryRules.Decidable).ToList();
        Assert.Superset(
            new HashSet<VerdictClass>
            {
                VerdictClass.Succeeded, VerdictClass.Cancelled, VerdictClass.StoppedByHand, VerdictClass.AwaitingChildren, VerdictClass.JobRemoved, VerdictClass.ChildrenFailed,
                VerdictClass.RunTimedOut, VerdictClass.SpotInterruption, VerdictClass.HostRetired, VerdictClass.Interrupted, VerdictClass.Superseded,
                VerdictClass.WorkerUnnamed, VerdictClass.AwsUnavailable,
            },
            fixedClasses.ToHashSet());
        foreach (var verdict in from name in fixedClasses from cure in Enum.GetValues<Cure>() select Verdict(name, cure))
        {
            Assert.Same(verdict, RetryRules.Decide(verdict, 3, Thrown, Everything, null));
            Assert.Same(verdict, RetryRules.Decide(verdict, 3, Thrown, null, Everything));
        }
    }

    [Fact]
    public void Attempt_that_costs_nothing_stays_free()
    {
        var free = new[] { Cure.RetryFree, Cure.RetryOnDemand, Cure.RetryAWhile };
        foreach (var verdict in from name in RetryRules.Decidable from cure in free select Verdict(name, cure))
        {
            Assert.Same(verdict, RetryRules.Decide(verdict, 3, Thrown, Everything, null));
            Assert.Same(verdict, RetryRules.Decide(verdict, 3, Thrown, null, Everything));
        }
    }

    private static Verdict Verdict(VerdictClass name, Cure cure) => new(name, cure, "It ended.", "Look.");

    private static RetryMatch Class(VerdictClass name) => new() { Classes = [name] };

    private static RetryMatch Code(int code) => new() { ExitCodes = [code] };

    private static RetryMatch Error(params string[] types) => new() { ErrorTypes = types };
}
