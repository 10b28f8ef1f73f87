using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>
/// Every (state, fact) pair against a literal table. A dot: the run stays the very same. Else the state it goes to and,
/// after a plus, what it then owes: L launch, S stop of its task, X stop of another task, R release, C count its
/// children, A alert. Asking: RunTask's answer is not known yet, so the run owes the launch and has no task.
/// </summary>
public sealed class RunLifecycleTableTests
{
    private const string Table = """
        fact               Pending      Asking       Starting     Running      StoppingAsking  Stopping      AwaitingChildren    Succeeded    Failed    TimedOut    Cancelled    Skipped
        ScheduleAwaits     Pending      Starting+L   Starting     Running      Stopping+L      Stopping      AwaitingChildren    .            .         .           .            .
        Dispatched         Starting+L   .            .            .            .               .             .                   .            .         .           .            .
        SlotRefused        .            Pending      .            .            Cancelled       .             .                   .            .         .           .            .
        Accepted           .            Starting     .            .            Stopping+S      .             .                   .            .         .           .            .
        AcceptedOther      Pending+X    Starting     Starting+X   Running+X    Stopping+X      Stopping+X    AwaitingChildren+X  Succeeded+X  Failed+X  TimedOut+X  Cancelled+X  Skipped+X
        Refused            .            Pending+R    .            .            Cancelled+R     .             .                   .            .         .           .            .
        RefusedForGood     .            Failed+RA    .            .            Cancelled+R     .             .                   .            .         .           .            .
        Unknown            .            Starting+L   .            .            Stopping+L      .             .                   .            .         .           .            .
        Claimed            .            Running      Running      .            Stopping+S      .             .                   .            .         .           .            .
        ClaimedByOther     .            Running      Running      .            Stopping+X      Stopping+X    .                   .            .         .           .            .
        StoppedWithResult  .            Succeeded+R  Succeeded+R  Succeeded+R  Succeeded+R     Succeeded+R   .                   .            .         .           .            .
        StoppedFailing     .            Pending+R    Pending+R    Pending+R    Cancelled+R     Cancelled+R   .                   .            .         .           .            .
        StoppedForGood     .            Failed+RA    Failed+RA    Failed+RA    Cancelled+R     Cancelled+R   .                   .            .         .           .            .
        StoppedAwaiting    .            AwaitingChildren+RC  AwaitingChildren+RC  AwaitingChildren+RC  Cancelled+R  Cancelled+R  .  .            .         .           .            .
        StoppedOther       .            Pending+R    .            .            Cancelled+R     .             .                   .            .         .           .            .
        TimedOut           .            Stopping+L   Stopping+S   Stopping+S   .               .             .                   .            .         .           .            .
        RunTimedOut        TimedOut+A   Stopping+L   Stopping+S   Stopping+S   .               .             TimedOut+A          .            .         .           .            .
        NeverStarted       .            .            Stopping+S   .            .               .             .                   .            .         .           .            .
        CancelRequested    Cancelled    Stopping+L   Stopping+S   Stopping+S   .               .             Cancelled           .            .         .           .            .
        JobRemoved         Cancelled+A  .            .            .            .               .             Cancelled+A         .            .         .           .            .
        TaskMissing        .            Pending+R    Pending+R    Pending+R    Cancelled+R     Cancelled+R   .                   .            .         .           .            .
        HeartbeatLost      .            .            .            Stopping+S   .               .             .                   .            .         .           .            .
        ChildrenEnded      .            .            .            .            .               .             Starting+L          .            .         .           .            .
        ChildrenMissing    .            .            .            .            .               .             AwaitingChildren+A  .            .         .           .            .
        ChildrenFound      .            .            .            .            .               .             .                   .            .         .           .            .
        WaitedForPause     Pending      .            .            .            .               .             AwaitingChildren    .            .         .           .            .
        """;

    public static TheoryData<string, string, string> Pairs()
    {
        var rows = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var data = new TheoryData<string, string, string>();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 1; column < row.Length; column++) data.Add(row[0], rows[0][column], row[column]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Apply_moves_as_the_table_says(string fact, string state, string expected)
    {
        var run = RunIn(state);
        var next = RunLifecycle.Apply(run, FactNamed(fact, run.Launch), Sample.Now);
        if (expected == ".")
        {
            Assert.Same(run, next);
            return;
        }

        Assert.Equal(expected, Describe(next));
        Assert.Equal(run.Version + 1, next.Version);
    }

    [Fact]
    public void Table_has_every_state_and_every_fact()
    {
        var facts = typeof(Fact).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Fact))).ToHashSet();
        var states = Pairs().Select(row => RunIn((string)row[1]).State).ToHashSet();
        var named = Pairs().Select(row => FactNamed((string)row[0], 3).GetType()).ToHashSet();

        Assert.Equal([.. Enum.GetValues<RunState>().Where(state => state != RunState.Unknown)], states);
        Assert.Equal(facts, named);
        Assert.All(
            Table.Split('\n'), line => Assert.Equal(13, line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Fact_of_another_launch_changes_nothing_but_stops_its_task(int launch)
    {
        var facts = Pairs()
            .Select(row => (string)row[0])
            .Distinct()
            .Where(name => FactNamed(name, launch).ToString().Contains("Launch = ", StringComparison.Ordinal));
        foreach (var name in facts)
        {
            foreach (var state in Pairs().Select(row => (string)row[1]).Distinct())
            {
                var run = RunIn(state);
                var next = RunLifecycle.Apply(run, FactNamed(name, launch), Sample.Now);
                if (name == "AcceptedOther")
                {
                    Assert.Equal([.. run.Owed, Effect.Stop(Sample.Task2)], next.Owed.AsEnumerable());
                }
                else if (name == "Accepted" && run.TaskArn is null)
                {
                    Assert.Equal([.. run.Owed, Effect.Stop(Sample.Task1)], next.Owed.AsEnumerable());
                }
                else Assert.Same(run, next);
                Assert.Equal(run.State, next.State);
                Assert.Equal(run.TaskArn, next.TaskArn);
            }
        }
    }

    [Fact]
    public void Last_attempt_that_fails_ends_the_run_with_an_alert()
    {
        var last = Sample.In(RunState.Running) with { Attempt = 3 };

        var ended = RunLifecycle.Apply(last, FactNamed("StoppedFailing", 3), Sample.Now);

        Assert.Equal("Failed+RA", Describe(ended));
        Assert.Equal(3, ended.Attempt);
        Assert.Equal(Sample.Now, ended.EndedAt);
    }

    [Fact]
    public void Interruption_costs_no_attempt_until_there_are_too_many()
    {
        var run = Sample.In(RunState.Running) with { Attempt = 3, Policy = Sample.Policy with { Spot = true } };
        var reclaimed = new Fact.TaskStopped(
            3, Sample.Stopped(Sample.Task1, 75) with { StopCode = "SpotInterruption" }, null);

        var repeated = RunLifecycle.Apply(run, reclaimed, Sample.Now);
        var tooMany = RunLifecycle.Apply(
            run with { Interruptions = RunTimings.MaxInterruptions }, reclaimed, Sample.Now);

        Assert.Equal("Pending+R", Describe(repeated));
        Assert.Equal((3, 1, false), (repeated.Attempt, repeated.Interruptions, repeated.UsesSpot));
        Assert.Equal("Failed+RA", Describe(tooMany));
    }

    [Fact]
    public void Cancel_of_a_run_stopped_for_its_silence_ends_it_instead_of_repeating_it()
    {
        var silent = Sample.In(RunState.Stopping) with { StopCause = StopCause.HeartbeatLost };
        var stopped = new Fact.TaskStopped(3, Sample.Stopped(Sample.Task1, 137), null);

        var cancelled = RunLifecycle.Apply(silent, new Fact.CancelRequested(), Sample.Now);

        Assert.Equal(RunState.Pending, RunLifecycle.Apply(silent, stopped, Sample.Now).State);
        Assert.Equal("Cancelled+R", Describe(RunLifecycle.Apply(cancelled, stopped, Sample.Now)));
    }

    [Fact]
    public void Claim_of_a_task_that_was_to_be_stopped_as_a_stray_spares_it()
    {
        var run = Sample.In(RunState.Starting) with { Owed = [Effect.Stop(Sample.Task2)] };

        var claimed = RunLifecycle.Apply(run, new Fact.TaskClaimed(3, Sample.Task2, Sample.Now), Sample.Now);

        Assert.Equal(Sample.Task2, claimed.TaskArn);
        Assert.Empty(claimed.Owed);
    }

    [Fact]
    public void Uncapped_run_never_owes_a_release()
    {
        var run = Sample.In(RunState.Running) with { Slot = null };

        Assert.Equal("Succeeded", Describe(RunLifecycle.Apply(run, FactNamed("StoppedWithResult", 3), Sample.Now)));
    }

    [Fact]
    public void Waiting_run_that_still_owes_its_release_is_not_launched()
    {
        var run = Sample.In(RunState.Pending) with { Owed = [Effect.Release] };

        Assert.Same(run, RunLifecycle.Apply(run, new Fact.Dispatched(new LaunchPermit(0)), Sample.Now));
    }

    [Fact]
    public void State_that_a_newer_version_made_is_left_as_it_is()
    {
        var run = Sample.In(RunState.Unknown);

        Assert.All(
            Pairs().Select(row => (string)row[0]).Distinct(),
            fact => Assert.Same(run, RunLifecycle.Apply(run, FactNamed(fact, 3), Sample.Now)));
    }

    private static Run RunIn(string state) => state switch
    {
        "Asking" => Sample.Asking(RunState.Starting),
        "StoppingAsking" => Sample.Asking(RunState.Stopping),
        _ => Sample.In(Enum.Parse<RunState>(state)),
    };

    private static Fact FactNamed(string name, int launch) => name switch
    {
        "Dispatched" => new Fact.Dispatched(new LaunchPermit(0)),
        "WaitedForPause" =>
            new Fact.WaitedForPause(new PausedTime(Sample.Now, Sample.Now.AddHours(1), TimeSpan.FromHours(1))),
        "SlotRefused" => new Fact.SlotRefused(launch),
        "Accepted" => new Fact.LaunchAccepted(launch, Sample.Task1),
        "AcceptedOther" => new Fact.LaunchAccepted(launch, Sample.Task2),
        "Refused" => new Fact.LaunchRefused(launch, Sample.Verdict(VerdictAction.RetryFree)),
        "RefusedForGood" => new Fact.LaunchRefused(launch, Sample.Verdict(VerdictAction.GiveUp)),
        "Unknown" => new Fact.LaunchUnknown(launch),
        "Claimed" => new Fact.TaskClaimed(launch, Sample.Task1, Sample.Now),
        "ClaimedByOther" => new Fact.TaskClaimed(launch, Sample.Task2, Sample.Now),
        "StoppedWithResult" =>
            new Fact.TaskStopped(launch, Sample.Stopped(Sample.Task1, 0), Sample.Record(launch, Sample.Task1, "{}")),
        "StoppedFailing" => new Fact.TaskStopped(launch, Sample.Stopped(Sample.Task1, 1), null),
        "StoppedForGood" =>
            new Fact.TaskStopped(
                launch,
                Sample.Stopped(Sample.Task1, 64),
                Sample.Record(launch, Sample.Task1) with { Error = new("E", "No.", null, Retryable: false) }),
        "StoppedAwaiting" =>
            new Fact.TaskStopped(
                launch, Sample.Stopped(Sample.Task1, 80), Sample.Record(launch, Sample.Task1) with { Children = 2 }),
        "StoppedOther" => new Fact.TaskStopped(launch, Sample.Stopped(Sample.Task2, 1), null),
        "TimedOut" => new Fact.TimedOut(launch),
        "RunTimedOut" => new Fact.RunTimedOut(),
        "NeverStarted" => new Fact.NeverStarted(launch),
        "CancelRequested" => new Fact.CancelRequested(),
        "JobRemoved" => new Fact.JobRemoved(),
        "TaskMissing" => new Fact.TaskMissing(launch, null),
        "HeartbeatLost" => new Fact.HeartbeatLost(launch),
        "ChildrenEnded" => new Fact.ChildrenEnded { Permit = new LaunchPermit(0) },
        "ScheduleAwaits" => new Fact.ScheduleAwaits("nightly"),
        "ChildrenMissing" => new Fact.ChildrenMissing("1 of 2 children have not come, index 1"),
        "ChildrenFound" => new Fact.ChildrenMissing(null),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such fact in the table."),
    };

    private static string Describe(Run run)
    {
        var owed = string.Concat(run.Owed.Select(effect => effect switch
        {
            { Kind: EffectKind.Launch } => 'L',
            { Kind: EffectKind.Stop, TaskArn: Sample.Task1 } => 'S',
            { Kind: EffectKind.Stop } => 'X',
            { Kind: EffectKind.Release } => 'R',
            { Kind: EffectKind.CountChildren } => 'C',
            _ => 'A',
        }));
        return owed.Length == 0 ? run.State.ToString() : $"{run.State}+{owed}";
    }
}
