using Jobs.Core.Dispatch;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>When a run is looked at again, and when it has had its time. Sample's attempts have 60 minutes.</summary>
public sealed class RunTimesTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Theory]
    [InlineData(RunState.Starting, 10, 5)]
    [InlineData(RunState.Starting, 57, 3)]
    [InlineData(RunState.Starting, 60, 1)]
    [InlineData(RunState.Starting, 65, 1)]
    [InlineData(RunState.Running, 10, 5)]
    [InlineData(RunState.Running, 57, 3)]
    [InlineData(RunState.Running, 60, 1)]
    [InlineData(RunState.Running, 65, 1)]
    [InlineData(RunState.Stopping, 10, 1)]
    public void Run_with_a_task_is_looked_at_each_five_minutes_and_each_minute_when_its_end_is_due(
        RunState state, int sinceMinutes, int nextMinutes)
    {
        var since = Now.AddMinutes(-sinceMinutes);
        var run = Sample.In(state) with { LaunchedAt = since, StartedAt = state == RunState.Running ? since : null };

        Assert.Equal(TimeSpan.FromMinutes(nextMinutes), NextLook(run));
    }

    [Fact]
    public void Run_whose_worker_is_silent_is_looked_at_each_minute()
    {
        var run = RunLifecycle.Checked(Sample.In(RunState.Running), missing: null, silent: true, Now);

        Assert.Equal(Now + RunTimings.StopCheck, run.NextCheckAt);
    }

    [Fact]
    public void Launch_leaves_its_outcome_to_its_sender_and_to_the_worker()
    {
        var submitted = RunLifecycle.Submit(Sample.Id, "test", Sample.Policy, "{}", new LaunchPermit(0), Now);
        var dispatched = RunLifecycle.Apply(Sample.In(RunState.Pending), new Fact.Dispatched(new LaunchPermit(0)), Now);

        Assert.Equal((Now + RunTimings.Check, Now + RunTimings.Check), (submitted.NextCheckAt, dispatched.NextCheckAt));
    }

    [Theory]
    [InlineData(RunState.Running)]
    [InlineData(RunState.Pending)]
    [InlineData(RunState.Failed)]
    public void What_a_run_owes_is_looked_at_when_the_process_that_decided_it_has_had_the_time(RunState state) =>
        Assert.Equal(RunTimings.EffectGrace, NextLook(Sample.In(state) with { Owed = [Effect.Alert] }));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    [InlineData(7, 5)]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    public void Look_that_is_set_stays_unless_it_is_past_or_too_late(int hasMinutes, int nextMinutes) =>
        Assert.Equal(
            TimeSpan.FromMinutes(nextMinutes), NextLook(Sample.In(RunState.Running), TimeSpan.FromMinutes(hasMinutes)));

    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 5)]
    [InlineData(6, 1)]
    public void Run_that_is_over_has_as_long_as_a_check_for_what_it_owes(int hasMinutes, int nextMinutes)
    {
        var over = Sample.In(RunState.Failed) with { Owed = [Effect.Alert] };

        Assert.Equal(TimeSpan.FromMinutes(nextMinutes), NextLook(over, TimeSpan.FromMinutes(hasMinutes)));
    }

    [Fact]
    public void Run_that_is_over_and_owes_nothing_is_not_looked_at_again() =>
        Assert.Null(NextLook(Sample.In(RunState.Failed), TimeSpan.FromMinutes(1)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(2, null)]
    [InlineData(null, null)]
    public void Waiting_run_keeps_the_look_that_comes_when_it_may_start_and_needs_none(int? notBefore, int? next)
    {
        var run = Sample.In(RunState.Pending) with
        {
            NotBefore = notBefore is { } minutes ? Now.AddMinutes(minutes) : null,
        };

        Assert.Equal(next is { } some ? TimeSpan.FromMinutes(some) : null, NextLook(run, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(RunState.Pending, 30, 30)]
    [InlineData(RunState.Pending, 0, 0)]
    [InlineData(RunState.Pending, -1, 0)]
    [InlineData(RunState.Running, 2, 2)]
    [InlineData(RunState.Running, 30, 5)]
    [InlineData(RunState.Running, 0, 5)]
    [InlineData(RunState.Running, -1, 5)]
    [InlineData(RunState.Failed, 2, null)]
    public void Run_is_looked_at_when_its_own_time_is_over(RunState state, int leftMinutes, int? nextMinutes)
    {
        var run = Sample.In(state) with
        {
            CreatedAt = Now.AddMinutes(leftMinutes - 100),
            Policy = Sample.Policy with { RunTimeoutMinutes = 100 },
            StartedAt = Now,
        };

        Assert.Equal(nextMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null, NextLook(run));
    }

    [Fact]
    public void Time_of_an_attempt_counts_from_its_claim_or_else_from_the_best_that_is_known_of_its_task()
    {
        var starting = Sample.In(RunState.Starting);
        var accepted = new TaskReading("PENDING", null) { CreatedAt = Now };
        var hour = TimeSpan.FromMinutes(60);

        Assert.Equal(Now + hour, RunTimes.AttemptDeadline(Sample.In(RunState.Running) with { StartedAt = Now }));
        Assert.Equal(
            Now + hour, RunTimes.AttemptDeadline(starting, accepted with { StartedAt = Now, CreatedAt = null }));
        Assert.Equal(Now + RunTimings.StartAllowance + hour, RunTimes.AttemptDeadline(starting, accepted));
        Assert.Equal(starting.LaunchedAt + RunTimings.StartAllowance + hour, RunTimes.AttemptDeadline(starting));
        Assert.Null(RunTimes.AttemptDeadline(Sample.In(RunState.Pending)));
    }

    [Fact]
    public void Turn_is_when_a_run_may_start_less_its_head_start()
    {
        var run = Sample.In(RunState.Pending) with { Priority = 2 };

        Assert.Equal(run.CreatedAt.AddHours(-2), Looked(run).TurnAt);
        Assert.Equal(Now.AddHours(-1), Looked(run with { NotBefore = Now.AddHours(1) }).TurnAt);
    }

    private static TimeSpan? NextLook(Run run, TimeSpan? has = null) =>
        Looked(run with { NextCheckAt = Now + has }).NextCheckAt - Now;

    private static Run Looked(Run run) => RunLifecycle.Checked(run, missing: null, silent: false, Now);
}
