using FsCheck;
using FsCheck.Fluent;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>
/// Sentences that hold for every run, whatever facts arrive, in whatever order, how often, and how late.
/// </summary>
public sealed class RunLifecycleProperties
{
    private const int Facts = 20;

    private static readonly string[] Tasks = [Sample.Task1, Sample.Task2, Sample.Task1 + "3"];

    private static readonly RunPolicy[] Policies =
    [
        Sample.Policy,
        Sample.Policy with { MaxMemoryMiB = 3_072, RunTimeoutMinutes = 300, Spot = true },
        Sample.Policy with
        {
            MaxMemoryMiB = 1_024,
            Retryable = new RetryMatch { Classes = [VerdictClass.TimedOut, VerdictClass.OutOfMemory] },
            NonRetryable = new RetryMatch { ExitCodes = [1] },
        },
    ];

    [Fact]
    public void Over_is_over() => Always((before, _, after) =>
        !before.IsOver
            || (after.State, after.EndedAt, after.Verdict, after.Launch) == (
                before.State, before.EndedAt, before.Verdict, before.Launch));

    [Fact]
    public void Every_change_is_one_version_and_no_change_is_the_same_run() => Always((before, _, after) =>
        ReferenceEquals(before, after) || after.Version == before.Version + 1);

    [Fact]
    public void Nothing_is_looked_at_again_exactly_when_it_is_over_and_owes_nothing() => Always((_, _, after) =>
        (after.NextCheckAt is null && after.TurnAt is null) == (after.IsOver && after.Owed.IsEmpty));

    [Fact]
    public void Turn_is_that_of_a_waiting_run_and_of_no_other() =>
        Always((_, _, after) => after.TurnAt is null == !after.IsWaiting);

    [Fact]
    public void Waiting_run_with_a_deadline_or_something_owed_is_looked_at() => Always((_, _, after) =>
        after.NextCheckAt is not null || (after.Owed.IsEmpty && (after.IsOver || RunTimes.RunDeadline(after) is null)));

    [Fact]
    public void Launch_is_owed_only_on_the_way_to_a_task() => Always((_, _, after) =>
        !after.Owes(EffectKind.Launch) || after.State is RunState.Starting or RunState.Stopping);

    [Fact]
    public void Run_on_the_way_has_a_task_or_owes_its_launch() => Always((_, _, after) =>
        after.State is not (RunState.Starting or RunState.Running or RunState.Stopping)
            || after.TaskArn is not null
            || after.Owes(EffectKind.Launch));

    [Fact]
    public void Stopping_knows_why() =>
        Always((_, _, after) => after.State != RunState.Stopping || after.StopCause is not null);

    [Fact]
    public void Nothing_is_owed_twice() => Always((_, _, after) => after.Owed.Distinct().Count() == after.Owed.Length);

    [Fact]
    public void What_is_owed_survives_being_stored() =>
        Always((_, _, after) => after.Owed.All(effect => Effect.Parse(effect.ToString()) == effect));

    [Fact]
    public void Launch_number_grows_by_one_and_only_from_a_run_that_owes_nothing_but_alerts() => Always((before, _,
        after) =>
        after.Launch == before.Launch
            || (after.Launch == before.Launch + 1
                && before.Owed.All(effect => effect.IsAlert || effect == Effect.CountChildren)
                && before.State is RunState.Pending or RunState.AwaitingChildren));

    [Fact]
    public void Budgets_are_kept() => Always((_, _, after) =>
        after.Attempt <= after.Policy.Attempts && after.Interruptions <= RunTimings.MaxInterruptions);

    [Fact]
    public void Size_is_one_that_fargate_has_never_shrinks_and_stays_within_its_limit() => Always((before, _, after) =>
        after.Size == before.Size
        || (FargateSizes.Contains(after.Size.Cpu, after.Size.MemoryMiB) && after.Size.MemoryMiB > before.Size.MemoryMiB
            && after.Size.MemoryMiB <= after.Policy.MaxMemoryMiB && after.Attempt == before.Attempt));

    [Fact]
    public void Nothing_is_launched_or_put_off_beyond_the_runs_own_time() => Always((before, _, after) =>
        RunTimes.RunDeadline(after) is not { } end
            || ((after.Launch == before.Launch || after.LaunchedAt < end)
                && (after.State != RunState.Pending || after.Attempt == before.Attempt || after.NotBefore < end)));

    [Fact]
    public void Run_that_was_cancelled_or_out_of_time_is_never_repeated() => Always((before, _, after) =>
        before.StopCause is not (StopCause.Cancelled or StopCause.RunTimedOut)
            || after.State is not (RunState.Pending or RunState.Starting or RunState.Running));

    [Fact]
    public void Failing_for_good_and_timing_out_owe_an_alert() => Always((before, _, after) =>
        before.IsOver || after.State is not (RunState.Failed or RunState.TimedOut) || after.Owes(EffectKind.Alert));

    [Fact]
    public void Ending_an_attempt_of_a_capped_job_owes_the_slot_until_it_is_given_back() => Always((before, fact,
        after) =>
        fact is not (Fact.TaskStopped or Fact.TaskMissing or Fact.LaunchRefused)
            || ReferenceEquals(before, after)
            || after.Owes(EffectKind.Release));

    [Fact]
    public void Fact_of_another_launch_only_ever_stops_a_task() => Always((before, fact, after) =>
        LaunchOf(fact) is not { } launch
        || launch == before.Launch
        || ReferenceEquals(before, after)
            || (fact is Fact.LaunchAccepted accepted && after.Owed.Length == before.Owed.Length + 1
                && after.Owed[^1] == Effect.Stop(accepted.TaskArn)
                && (before with
                {
                    Owed = after.Owed,
                    Version = after.Version,
                    NextCheckAt = after.NextCheckAt,
                    TurnAt = after.TurnAt
                }) == after));

    /// <summary>Checks a sentence on every step of random histories.</summary>
    private static void Always(Func<Run, Fact?, Run, bool> holds)
    {
        var scripts = Arb.From(Gen.Choose(0, int.MaxValue).ArrayOf(), ArbMap.Default.ArbFor<int[]>().Shrinker);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(80),
            Prop.ForAll(scripts, script => Play(script, holds)));
    }

    private static bool Play(int[] script, Func<Run, Fact?, Run, bool> holds)
    {
        var now = Sample.Now;
        var run = RunLifecycle.Submit(
            Sample.Id, "test", Policies[script.Length % Policies.Length], "{}", new LaunchPermit(0), now);
        foreach (var number in script)
        {
            var dice = new Random(number); // Seeded: the number is the step.
            now += TimeSpan.FromSeconds(dice.Next(5_400));
            var fact = dice.Next(4) == 0 ? null : FactFor(dice, run);
            var performed = run.Owed.Where(effect => effect.Kind != EffectKind.Launch && dice.Next(2) == 0).ToList();
            var next = fact is not null
                ? RunLifecycle.Apply(run, fact, now)
                : performed.Count > 0
                ? RunLifecycle.Done(run, performed, now)
                : run;
            if (!holds(run, fact, next)) return false;
            run = next;
        }

        return true;
    }

    private static Fact FactFor(Random dice, Run run)
    {
        var launch = run.Launch + (dice.Next(4) == 0 ? dice.Next(-1, 2) : 0);
        var task = dice.Next(3) > 0 && run.TaskArn is { } known ? known : Tasks[dice.Next(Tasks.Length)];
        var worker = dice.Next(2) == 0 ? null : Sample.Record(launch, task, dice.Next(4) == 0 ? "{}" : null);
        return dice.Next(Facts) switch
        {
            0 or 1 or 2 => new Fact.Dispatched(new LaunchPermit(0)),
            3 => new Fact.SlotRefused(launch),
            4 or 5 => new Fact.LaunchAccepted(launch, task),
            6 =>
                new Fact.LaunchRefused(
                    launch, Sample.Verdict(dice.Next(5) == 0 ? VerdictAction.GiveUp : VerdictAction.RetryFree)),
            7 => new Fact.LaunchUnknown(launch),
            8 or 9 => new Fact.TaskClaimed(launch, task, Sample.Now),
            10 or 11 or 12 => new Fact.TaskStopped(launch, Stopped(dice, task), worker),
            13 => new Fact.TimedOut(launch),
            14 => dice.Next(3) == 0 ? new Fact.CancelRequested() : new Fact.TimedOut(launch),
            15 => dice.Next(3) == 0 ? new Fact.JobRemoved() : new Fact.ScheduleAwaits("nightly"),
            16 => new Fact.TaskMissing(launch, worker),
            17 => new Fact.NeverStarted(launch),
            18 => dice.Next(3) == 0 ? new Fact.RunTimedOut() : new Fact.TimedOut(launch),
            _ => dice.Next(2) == 0 ? new Fact.HeartbeatLost(launch) : new Fact.ChildrenEnded(),
        };
    }

    private static TaskObservation Stopped(Random dice, string task)
    {
        int?[] codes = [0, 1, 64, 75, 79, 80, 137, null];
        var stopped = Sample.Stopped(task, codes[dice.Next(codes.Length)]);
        return dice.Next(4) == 0
            ? stopped with { StoppedReason = "OutOfMemoryError: Container killed due to memory usage" }
            : stopped;
    }

    private static int? LaunchOf(Fact? fact) => fact switch
    {
        Fact.SlotRefused f => f.Launch,
        Fact.LaunchAccepted f => f.Launch,
        Fact.LaunchRefused f => f.Launch,
        Fact.LaunchUnknown f => f.Launch,
        Fact.TaskClaimed f => f.Launch,
        Fact.TaskStopped f => f.Launch,
        Fact.TimedOut f => f.Launch,
        Fact.TaskMissing f => f.Launch,
        Fact.HeartbeatLost f => f.Launch,
        Fact.NeverStarted f => f.Launch,
        _ => null,
    };
}
