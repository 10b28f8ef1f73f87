using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Pauses;

/// <summary>What becomes of a paused job's runs.</summary>
public sealed class PausedJobTests
{
    private static readonly JobDefinition Job = TestPlane.Job();
    private static readonly JobDefinition Other = new("other");

    private readonly TestPlane _plane = new(Job, Other);

    [Fact]
    public async Task Run_waits_until_its_job_is_resumed_and_its_task_is_started_once()
    {
        await PauseAsync();
        await _plane.SubmitAsync(Job);
        await _plane.SubmitAsync(Other);

        Assert.Equal((RunState.Pending, 0), (_plane.Run(Job).State, _plane.Run(Job).Launch));
        Assert.Equal("other", Assert.Single(_plane.Tasks.All).Launch.Id.Run.Job);
        await _plane.TickAsync(TimeSpan.FromHours(5));
        Assert.Equal(RunState.Pending, _plane.Run(Job).State);

        var from = _plane.Clock.GetUtcNow();
        await ResumeAsync();
        await _plane.TickAsync(TimeSpan.FromMinutes(1));
        var run = _plane.Run(Job);
        Assert.Equal((RunState.Starting, 1), (run.State, run.Launch));
        Assert.Equal((run.CreatedAt, from, "user/alice"), (run.Paused!.From, run.Paused.To, run.Paused.By));
        Assert.Equal(2, _plane.Tasks.All.Count);
    }

    [Fact]
    public async Task Pause_costs_no_call_for_each_run_and_is_known_after_half_a_minute()
    {
        for (var i = 0; i < 20; i++) await _plane.SubmitAsync(Job, $"{i}");
        Assert.Equal(1, _plane.Pauses.Reads);

        // Another process pauses.
        await _plane.Pauses.SaveAsync(PauseList.None.Begin(Pause()) with { Version = 1 }, default);
        _plane.Clock.Advance(PauseView.Age - TimeSpan.FromTicks(1));
        await _plane.SubmitAsync(Job, "late");
        Assert.Equal(RunState.Starting, _plane.Run(Job, "late").State);
        _plane.Clock.Advance(TimeSpan.FromTicks(1));
        await _plane.SubmitAsync(Job, "later");
        Assert.Equal(RunState.Pending, _plane.Run(Job, "later").State);
        Assert.Equal(2, _plane.Pauses.Reads);
    }

    [Fact]
    public async Task Pauses_that_cannot_be_read_are_not_taken_for_none()
    {
        _plane.Pauses.IsAway = true;
        await _plane.SubmitAsync(Job);
        Assert.Equal(RunState.Pending, _plane.Run(Job).State);
        await Assert.ThrowsAsync<HttpRequestException>(() => _plane.DispatchAsync());
        Assert.Empty(_plane.Tasks.All);

        _plane.Pauses.IsAway = false;
        await _plane.DispatchAsync();
        Assert.Equal(RunState.Starting, _plane.Run(Job).State);
    }

    [Fact]
    public async Task Repetition_waits_and_the_task_under_way_goes_on()
    {
        await _plane.SubmitAsync(Job);
        await PauseAsync();
        Assert.Equal(RunState.Starting, _plane.Run(Job).State);

        await _plane.DeliverAsync(_plane.Run(Job), await _plane.FailAsync(_plane.Run(Job)));

        Assert.Equal((RunState.Pending, 1), (_plane.Run(Job).State, _plane.Run(Job).Launch));
        await _plane.TickAsync(TimeSpan.FromHours(1));
        Assert.Equal(1, _plane.Run(Job).Launch);
        await ResumeAsync();
        await _plane.DispatchAsync();
        Assert.Equal((RunState.Starting, 2), (_plane.Run(Job).State, _plane.Run(Job).Launch));
    }

    [Fact]
    public async Task Slot_that_is_freed_is_not_passed_on_while_the_job_is_paused()
    {
        var capped = TestPlane.Job(cap: 1);
        var plane = new TestPlane(capped);
        await plane.SubmitAsync(capped);
        await plane.SubmitAsync(capped, "b");
        await plane.PauseKeeper.BeginAsync(Pause(plane), default);

        await plane.DeliverAsync(plane.Run(capped), await plane.SucceedAsync(plane.Run(capped)));
        Assert.Equal(RunState.Pending, plane.Run(capped, "b").State);
        await plane.PauseKeeper.EndAsync(new(capped.Name, null, "r", null), default);
        await plane.DispatchAsync();
        Assert.Equal(RunState.Starting, plane.Run(capped, "b").State);
    }

    [Fact]
    public async Task Upload_is_skipped_where_that_is_declared_and_what_a_person_asks_for_waits()
    {
        var skipping = Job with { WhenPaused = WhenPaused.Skip };
        var plane = new TestPlane(skipping);
        await plane.PauseKeeper.BeginAsync(Pause(plane), default);

        var uploaded = await new UploadIntake(new JobCatalog([skipping]), plane.Store, plane.Engine)
            .HandleAsync(skipping.Name, "incoming/*", TestPlane.Upload, default);
        await plane.SubmitAsync(skipping, "by hand");

        var skipped = plane.Store.Find(uploaded!.Value.Id)!;
        Assert.Equal((RunState.Skipped, VerdictClass.Skipped), (skipped.State, skipped.Verdict!.Class));
        Assert.Equal("'line-count' was paused by user/alice: The source is migrated.", skipped.Verdict.Sentence);
        Assert.Equal(RunState.Pending, plane.Run(skipping, "by hand").State);
        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Pause_ends_by_itself_and_what_waited_starts()
    {
        await _plane.PauseKeeper.BeginAsync(
            Pause() with { Until = _plane.Clock.GetUtcNow().AddHours(1) }, default);
        await _plane.SubmitAsync(Job);
        await _plane.TickAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(RunState.Pending, _plane.Run(Job).State);

        _plane.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("line-count", Assert.Single(await _plane.PauseKeeper.TickAsync(default)).Target);
        await _plane.DispatchAsync();

        Assert.Equal(RunState.Starting, _plane.Run(Job).State);
        Assert.Empty(await _plane.PauseKeeper.TickAsync(default));
    }

    [Fact]
    public async Task Time_of_a_pause_does_not_count_for_the_runs_own_limit()
    {
        var limited = Job with { RunTimeoutMinutes = 60 };
        var plane = new TestPlane(limited);
        await plane.PauseKeeper.BeginAsync(Pause(plane), default);
        await plane.SubmitAsync(limited);
        for (var hour = 0; hour < 5; hour++) await plane.TickAsync(TimeSpan.FromHours(1));
        Assert.Equal(RunState.Pending, plane.Run(limited).State);

        await plane.PauseKeeper.EndAsync(new(limited.Name, null, "r", null), default);
        await plane.DispatchAsync();
        Assert.Equal(RunState.Starting, plane.Run(limited).State);
        Assert.Equal(
            plane.Clock.GetUtcNow().AddMinutes(60), RunTimes.RunDeadline(plane.Run(limited)));
    }

    [Fact]
    public async Task Run_that_waited_its_time_out_for_other_reasons_ends_after_a_pause()
    {
        var limited = Job with { RunTimeoutMinutes = 60 };
        var plane = new TestPlane(limited);
        var run = await plane.WaitAsync(limited, "a", notBefore: plane.Clock.GetUtcNow().AddDays(1));
        plane.Clock.Advance(TimeSpan.FromMinutes(30));
        await plane.PauseKeeper.BeginAsync(Pause(plane), default);
        plane.Clock.Advance(TimeSpan.FromMinutes(20));
        await plane.PauseKeeper.EndAsync(new(limited.Name, null, "r", null), default);

        plane.Clock.Advance(TimeSpan.FromMinutes(29));
        await plane.SweepAsync();
        Assert.Equal(RunState.Pending, plane.Store.Find(run.Id)!.State);
        plane.Clock.Advance(TimeSpan.FromMinutes(1));
        await plane.SweepAsync();
        Assert.Equal(RunState.TimedOut, plane.Store.Find(run.Id)!.State);
    }

    [Fact]
    public void Pause_is_no_wait_for_AWS()
    {
        var (now, time) = (Sample.Now, new PausedTime(Sample.Now.AddHours(-1), Sample.Now, TimeSpan.FromHours(1)));
        var refused = Sample.In(RunState.Pending) with
        {
            Refusals = 9,
            WaitsSince = now.AddHours(-2),
            Owed = [],
            Verdict = Sample.Verdict(VerdictAction.RetryFree),
        };

        var sent = RunLifecycle.Apply(refused, new Fact.Dispatched(new(null)) { Paused = time }, now);
        Assert.Equal(now, sent.WaitsSince);
        Assert.Null(RunLifecycle.Checked(refused, null, silent: false, now, paused: true).Stall);
        Assert.NotNull(RunLifecycle.Checked(refused, null, silent: false, now).Stall);
    }

    private Task<bool> PauseAsync() => _plane.PauseKeeper.BeginAsync(Pause(), default);

    private Task<Pause?> ResumeAsync() => _plane.PauseKeeper.EndAsync(new(Job.Name, null, "r", "user/bob"), default);

    private Pause Pause() => Pause(_plane);

    private static Pause Pause(TestPlane plane) => new(Job.Name, null)
    {
        Id = "p",
        From = plane.Clock.GetUtcNow(),
        Reason = "The source is migrated.",
        By = "user/alice",
    };
}
