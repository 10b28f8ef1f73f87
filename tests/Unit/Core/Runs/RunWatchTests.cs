using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>
/// What a look finds out, to the tick. Sample's attempts have 60 minutes; the clock stands at its Now.
/// </summary>
public sealed class RunWatchTests
{
    private static readonly DateTimeOffset Now = Sample.Now;
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TaskReading Preparing = new("PENDING", null) { CreatedAt = Now.AddMinutes(-1) };
    private static readonly TaskReading Up = new("RUNNING", null) { CreatedAt = Now.AddMinutes(-1), StartedAt = Now };

    private readonly RunWatch _watch = new(new JobCatalog([TestPlane.Job()]), new ManualClock());

    [Theory]
    [InlineData(RunState.Pending)]
    [InlineData(RunState.AwaitingChildren)]
    public void Run_that_waits_is_told_of_the_end_of_its_time_and_of_nothing_else(RunState state)
    {
        var run = Sample.In(state) with { Policy = Sample.Policy with { RunTimeoutMinutes = 60 } };

        Assert.Equal(new Fact.RunTimedOut(), Without(run with { CreatedAt = Now - Hour }));
        Assert.Null(Without(run with { CreatedAt = Now - Hour + Tick }));
        Assert.Null(Without(run with { State = RunState.Failed, CreatedAt = Now - Hour }));
    }

    [Fact]
    public void Run_that_waits_for_a_job_that_is_not_deployed_is_told_once_no_deployment_can_bring_it()
    {
        var run = Sample.In(RunState.Pending);
        var watch = new RunWatch(new JobCatalog([]), new ManualClock());
        var deploying = Now - RunTimings.Deploying;

        Assert.Equal(
            new Fact.JobRemoved(),
            watch.FactFor(new(run with { CreatedAt = deploying }, null), false, null, PauseList.None));
        Assert.Null(
            watch.FactFor(new(run with { CreatedAt = deploying + Tick }, null), false, null, PauseList.None));
        Assert.Null(Without(run with { CreatedAt = deploying }));
    }

    [Fact]
    public void Task_that_ecs_does_not_know_is_missing_when_it_has_said_so_for_long_enough()
    {
        var run = Sample.In(RunState.Running) with { StartedAt = Now };
        var longAgo = Now - RunTimings.MissingConfirmation;

        Assert.IsType<Fact.TaskMissing>(Told(run with { MissingSince = longAgo }, null, null));
        Assert.Null(Told(run with { MissingSince = longAgo + Tick }, null, null));
        Assert.Null(Told(run, null, null));
        Assert.Null(_watch.FactFor(new(run with { MissingSince = longAgo }, null), known: false, null, PauseList.None));
    }

    [Fact]
    public void Claim_is_told_before_any_limit_and_only_to_a_run_that_starts()
    {
        var late = Sample.In(RunState.Starting) with { LaunchedAt = Now.AddDays(-1) };
        var worker = Sample.Record(3, Sample.Task1);

        Assert.Equal(new Fact.TaskClaimed(3, worker.TaskArn, worker.ClaimedAt), Told(late, Preparing, worker));
        Assert.Null(Told(Sample.In(RunState.Running) with { StartedAt = Now }, Up, worker with { ClaimedAt = Now }));
    }

    [Fact]
    public void Time_of_an_attempt_is_over_to_the_tick()
    {
        var run = Sample.In(RunState.Running);

        Assert.Equal(new Fact.TimedOut(3), Told(run with { StartedAt = Now - Hour }, Up, null));
        Assert.Equal(
            new Fact.TimedOut(3),
            _watch.FactFor(new(run with { StartedAt = Now - Hour }, null), false, null, PauseList.None));
        Assert.Null(Told(run with { StartedAt = Now - Hour + Tick }, Up, null));
    }

    [Fact]
    public void Run_that_is_stopping_is_told_of_no_limit_so_that_its_stop_is_sent_again()
    {
        var run = Sample.In(RunState.Stopping) with
        {
            CreatedAt = Now - Hour,
            Policy = Sample.Policy with { RunTimeoutMinutes = 60 },
        };

        Assert.Null(Told(run, Up, null));
        Assert.Equal(new Fact.RunTimedOut(), Told(run with { State = RunState.Running, StartedAt = Now }, Up, null));
    }

    [Fact]
    public void Time_of_a_launch_without_a_task_cannot_be_over()
    {
        var asking = Sample.Asking(RunState.Starting) with { LaunchedAt = Now.AddDays(-1) };

        Assert.Null(_watch.FactFor(new(asking, null), known: false, null, PauseList.None));
    }

    [Fact]
    public void Worker_that_has_noted_its_end_has_ten_minutes_for_its_task_to_stop()
    {
        var worker = Sample.Record(3, Sample.Task1, "{}");
        var run = Sample.In(RunState.Running);
        var limited = run with { StartedAt = Now, Policy = Sample.Policy with { RunTimeoutMinutes = 60 } };
        var due = Now - Hour - TimeSpan.FromMinutes(10);

        Assert.Equal(new Fact.TimedOut(3), Told(run with { StartedAt = due }, Up, worker));
        Assert.Null(Told(run with { StartedAt = due + Tick }, Up, worker));
        Assert.Equal(new Fact.RunTimedOut(), Told(limited with { CreatedAt = due }, Up, worker));
        Assert.Null(Told(limited with { CreatedAt = due + Tick }, Up, worker));
        Assert.Equal(
            new Fact.RunTimedOut(),
            Told(limited with { CreatedAt = Now - Hour }, Up, worker with { ExitCode = null }));
    }

    [Fact]
    public void Task_has_ten_minutes_from_its_acceptance_to_start()
    {
        var run = Sample.In(RunState.Starting) with { LaunchedAt = Now.AddMinutes(-30) };
        var accepted = Now - RunTimings.StartAllowance;

        Assert.Equal(new Fact.NeverStarted(3), Told(run, Preparing with { CreatedAt = accepted }, null));
        Assert.Null(Told(run, Preparing with { CreatedAt = accepted + Tick }, null));
        Assert.Equal(
            new Fact.NeverStarted(3),
            Told(run with { LaunchedAt = accepted }, Preparing with { CreatedAt = null }, null));
        Assert.Null(Told(run, Up with { CreatedAt = accepted }, null));
        Assert.Null(
            Told(Sample.In(RunState.Running) with { StartedAt = Now }, Preparing with { CreatedAt = accepted }, null));
    }

    [Fact]
    public void Heartbeat_is_stale_after_five_minutes_of_a_running_worker_that_has_not_noted_its_end()
    {
        var run = Sample.In(RunState.Running);
        var stale = Sample.Record(3, Sample.Task1) with { HeartbeatAt = Now - RunTimings.HeartbeatLimit };

        Assert.True(IsSilent(run, stale));
        Assert.False(IsSilent(run, stale with { HeartbeatAt = stale.HeartbeatAt + Tick }));
        Assert.True(IsSilent(run, stale with { HeartbeatAt = null }));
        Assert.False(IsSilent(run, stale with { HeartbeatAt = null, ClaimedAt = Now.AddMinutes(-1) }));
        Assert.False(IsSilent(run, stale with { ExitCode = 0 }));
        Assert.False(IsSilent(run, stale with { Launch = 2 }));
        Assert.False(IsSilent(run, null));
        Assert.False(IsSilent(run with { State = RunState.Starting }, stale));
    }

    [Theory]
    [InlineData(120, 150, true)]
    [InlineData(119, 60, false)]
    [InlineData(600, 151, false)]
    public void Silence_is_proved_by_looks_in_a_row_over_two_minutes(int sinceSeconds, int seenSeconds, bool proved)
    {
        var silence = new Silence(Now.AddSeconds(-sinceSeconds), Now.AddSeconds(-seenSeconds));
        var run = Sample.In(RunState.Running) with { StartedAt = Now.AddMinutes(-20), Silence = silence };

        Assert.Equal(proved ? new Fact.HeartbeatLost(3) : null, Told(run, Up, Sample.Record(3, Sample.Task1)));
        Assert.Null(Told(run, Up, Sample.Record(3, Sample.Task1) with { HeartbeatAt = Now }));
        Assert.Null(Told(run with { Silence = null }, Up, Sample.Record(3, Sample.Task1)));
    }

    [Theory]
    [InlineData(150, true)]
    [InlineData(151, false)]
    public void Silence_goes_on_while_looks_are_close_enough(int seenSeconds, bool goesOn)
    {
        var before = new Silence(Now.AddMinutes(-9), Now.AddSeconds(-seenSeconds));

        Assert.Equal(new Silence(goesOn ? before.Since : Now, Now), Silence.After(before, Now));
        Assert.Equal(new Silence(Now, Now), Silence.After(null, Now));
    }

    private Fact? Without(Run run) => _watch.FactFor(new(run, null), known: false, null, PauseList.None);

    private Fact? Told(Run run, TaskReading? task, WorkerRecord? worker) =>
        _watch.FactFor(new(run, worker), known: true, task, PauseList.None);

    private bool IsSilent(Run run, WorkerRecord? worker) => _watch.IsSilent(new(run, worker));
}
