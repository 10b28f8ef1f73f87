using Jobs.Core.Dispatch;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>Since when a run waits for AWS, when that is too long, and when it is over.</summary>
public sealed class StallTests
{
    private static readonly DateTimeOffset Now = Sample.Now;
    private static readonly DateTimeOffset TooLong = Now - Stall.Limit;

    [Fact]
    public void Run_is_stuck_after_a_quarter_of_an_hour_and_told_of_once()
    {
        var run = Sample.Asking(RunState.Starting) with { WaitsSince = TooLong };

        var stuck = Looked(run);

        Assert.Equal(new Stall(TooLong, Stall.NoAnswer), stuck.Stall);
        Assert.Equal([Effect.Launch, Effect.AlertStuck], stuck.Owed.AsEnumerable());
        Assert.Equal(stuck.Owed.AsEnumerable(), Looked(stuck).Owed.AsEnumerable());
        Assert.Null(Looked(run with { WaitsSince = TooLong.AddTicks(1) }).Stall);
        Assert.Null(Looked(run with { WaitsSince = null }).Stall);
    }

    [Theory]
    [InlineData(RunState.Starting, true, 0, Stall.NotStarted)]
    [InlineData(RunState.Starting, false, 0, null)]
    [InlineData(RunState.Stopping, true, 0, Stall.NotStopped)]
    [InlineData(RunState.Pending, true, 5, "RefusedUnknown")]
    [InlineData(RunState.Pending, true, 4, null)]
    [InlineData(RunState.Running, true, 5, null)]
    public void What_it_waits_for_is_named(RunState state, bool hasHost, int refusals, string? reason)
    {
        var run = Sample.In(state) with
        {
            WaitsSince = TooLong,
            Refusals = refusals,
            Verdict = Sample.Verdict(VerdictAction.RetryFree),
            Policy = Sample.Policy with { HasHost = hasHost },
        };

        Assert.Equal(reason, Looked(run).Stall?.Reason);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Acceptance_moves_only_a_run_whose_image_claims_nothing(bool hasHost, bool recovers)
    {
        var stuck = Looked(Sample.Asking(RunState.Starting) with
        {
            WaitsSince = TooLong,
            Policy = Sample.Policy with { HasHost = hasHost },
        });

        var accepted = Apply(stuck, new Fact.LaunchAccepted(3, Sample.Task1));

        Assert.Equal(recovers ? [Effect.AlertRecovered] : [Effect.AlertStuck], accepted.Owed.AsEnumerable());
        Assert.NotNull(accepted.Stall);
        Assert.Equal(recovers, RunLifecycle.Done(accepted, accepted.Owed, Now).Stall is null);
    }

    [Fact]
    public void Waiting_for_a_start_counts_from_the_acceptance_and_for_a_stop_from_the_stop()
    {
        var accepted = new Fact.LaunchAccepted(3, Sample.Task1);

        Assert.Equal(Now, Apply(Sample.Asking(RunState.Starting) with { WaitsSince = TooLong }, accepted).WaitsSince);
        Assert.Equal(
            TooLong, Apply(Sample.Asking(RunState.Stopping) with { WaitsSince = TooLong }, accepted).WaitsSince);
        Assert.Equal(
            Now, Apply(Sample.In(RunState.Running) with { WaitsSince = TooLong }, new Fact.TimedOut(3)).WaitsSince);
    }

    [Fact]
    public void Waiting_goes_on_from_launch_to_launch_only_while_ecs_refuses_them()
    {
        var waits = Sample.In(RunState.Pending) with { WaitsSince = TooLong };
        var dispatched = new Fact.Dispatched(new LaunchPermit(0));
        var ended = new Fact.ChildrenEnded { Permit = new LaunchPermit(0) };

        Assert.Equal(TooLong, Apply(waits with { Refusals = 1 }, dispatched).WaitsSince);
        Assert.Equal(Now, Apply(waits, dispatched).WaitsSince);
        Assert.Equal(Now, Apply(Sample.In(RunState.AwaitingChildren) with { WaitsSince = TooLong }, ended).WaitsSince);
    }

    [Fact]
    public void Parent_is_stuck_since_it_began_to_wait()
    {
        var waits = Sample.In(RunState.AwaitingChildren) with { WaitsSince = TooLong };

        var stuck = Apply(waits, new Fact.ChildrenMissing("1 of 2 children have not come, index 1"));

        Assert.Equal((TooLong, Stall.ChildrenMissing), (stuck.Stall!.Since, stuck.Stall.Reason));
        Assert.Equal(Now, Apply(waits with { WaitsSince = null }, new Fact.ChildrenMissing("x")).Stall!.Since);
    }

    private static Run Looked(Run run) => RunLifecycle.Checked(run, missing: null, silent: false, Now);

    private static Run Apply(Run run, Fact fact) => RunLifecycle.Apply(run, fact, Now);
}
