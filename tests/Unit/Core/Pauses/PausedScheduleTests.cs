using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Pauses;

/// <summary>What becomes of a paused schedule's planned times.</summary>
public sealed class PausedScheduleTests
{
    private static readonly ScheduleKey Key = new("report", "daily");
    private static readonly DateTimeOffset First = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(OverlapPolicy.Skip, 0)]
    [InlineData(OverlapPolicy.Queue, 0, 3)]
    [InlineData(OverlapPolicy.Replace, 0, 3)]
    [InlineData(OverlapPolicy.Allow, 0, 3)]
    public async Task Planned_times_wait_as_far_as_overlap_lets_them_and_none_is_missing(
        OverlapPolicy overlap, params int[] kept)
    {
        var plane = Plane(overlap, WhenPaused.Wait);
        await PauseAsync(plane);
        await ComeDailyAsync(plane, days: 4);
        Assert.Empty(plane.Tasks.All);
        Assert.Empty(plane.Alerts.Published);

        await ResumeAsync(plane);
        for (var day = 0; day < 4; day++) await RunAllAsync(plane);

        Assert.Equal(kept, Days(plane, RunState.Succeeded));
        Assert.Equal(4, plane.Store.All.Count);
        Assert.Equal(4 - kept.Length, Days(plane, RunState.Skipped).Count());
        var sentences = plane.Store.All.Select(run => run.Verdict!.Sentence);
        Assert.Equal(
            overlap == OverlapPolicy.Allow,
            sentences.Any(said => said.StartsWith("Schedule 'daily' was paused, and", StringComparison.Ordinal)));
        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Planned_times_are_skipped_where_that_is_declared()
    {
        var plane = Plane(OverlapPolicy.Queue, WhenPaused.Skip);
        await PauseAsync(plane);
        await ComeDailyAsync(plane, days: 3);

        Assert.Equal([0, 1, 2], Days(plane, RunState.Skipped));
        Assert.Equal(
            "'report/daily' was paused by user/alice: It is rewritten.", plane.Store.All[0].Verdict!.Sentence);
        await ResumeAsync(plane);
        await ComeAsync(plane, 3);
        Assert.Equal([3], Days(plane, RunState.Starting));
        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Planned_time_that_waited_for_weeks_starts_within_a_tick_of_its_resumption()
    {
        var plane = Plane(OverlapPolicy.Skip, WhenPaused.Wait);
        await PauseAsync(plane);
        await ComeAsync(plane, 0);
        plane.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Empty(plane.Store.All);

        await ResumeAsync(plane);
        await plane.Watch.TickAsync(default);
        Assert.Equal([0], Days(plane, RunState.Starting));
    }

    [Fact]
    public async Task Run_under_way_is_not_stopped_for_a_paused_schedule()
    {
        var plane = Plane(OverlapPolicy.Replace, WhenPaused.Wait);
        await ComeAsync(plane, 0);
        await PauseAsync(plane);
        await ComeAsync(plane, 1);

        Assert.Equal(RunState.Starting, Assert.Single(plane.Store.All).State);
        await RunAllAsync(plane);
        Assert.Single(plane.Store.All);
        await ResumeAsync(plane);
        await RunAllAsync(plane);
        Assert.Equal([0, 1], Days(plane, RunState.Succeeded));
    }

    [Fact]
    public async Task Job_that_is_paused_has_its_planned_runs_waiting()
    {
        var plane = Plane(OverlapPolicy.Skip, WhenPaused.Wait);
        await plane.PauseKeeper.BeginAsync(Pause(plane) with { Schedule = null }, default);
        await ComeDailyAsync(plane, days: 2);

        Assert.Equal([0], Days(plane, RunState.Pending));
        Assert.Equal([1], Days(plane, RunState.Skipped));
        Assert.Empty(plane.Alerts.Published);
    }

    private static TestPlane Plane(OverlapPolicy overlap, WhenPaused when)
    {
        var plane = new TestPlane(new JobDefinition("report")
        {
            WhenPaused = when,
            TimeoutMinutes = 10_080,
            Schedules = [new ScheduleTrigger("daily", "cron(0 0 * * ? *)") { Overlap = overlap }],
        });
        plane.Clock.Advance(First.AddHours(-1) - plane.Clock.GetUtcNow());
        return plane;
    }

    private static async Task ComeDailyAsync(TestPlane plane, int days)
    {
        for (var day = 0; day < days; day++)
        {
            await ComeAsync(plane, day);
            await plane.TickAsync(TimeSpan.FromMinutes(10));
            await plane.TickAsync(TimeSpan.FromHours(12));
        }
    }

    private static async Task ComeAsync(TestPlane plane, int day)
    {
        await plane.Watch.TickAsync(default);
        if (First.AddDays(day) > plane.Clock.GetUtcNow())
        {
            plane.Clock.Advance(First.AddDays(day) - plane.Clock.GetUtcNow());
        }

        await plane.Scheduler.ComeAsync(Key, First.AddDays(day), default);
    }

    /// <summary>What there is to start starts, and what has started succeeds.</summary>
    private static async Task RunAllAsync(TestPlane plane)
    {
        await plane.TickAsync(TimeSpan.FromMinutes(1));
        foreach (var run in plane.Store.All.Where(run => run.State == RunState.Starting))
        {
            await plane.DeliverAsync(run, await plane.SucceedAsync(run));
        }
    }

    private static IEnumerable<int> Days(TestPlane plane, RunState state) => Enumerable.Range(0, 10)
        .Where(day => plane.Store.Find(Scheduler.IdOf(Key, First.AddDays(day)))?.State == state);

    private static Task<bool> PauseAsync(TestPlane plane) => plane.PauseKeeper.BeginAsync(Pause(plane), default);

    private static Task<Pause?> ResumeAsync(TestPlane plane) =>
        plane.PauseKeeper.EndAsync(new(Key.Job, Key.Name, "r", null), default);

    private static Pause Pause(TestPlane plane) => new(Key.Job, Key.Name)
    {
        Id = "p",
        From = plane.Clock.GetUtcNow(),
        Reason = "It is rewritten.",
        By = "user/alice",
    };
}
