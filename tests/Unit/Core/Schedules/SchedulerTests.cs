using System.Globalization;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Schedules;

public sealed class SchedulerTests
{
    private static readonly ScheduleKey Key = new("report", "hourly");
    private static readonly DateTimeOffset Eight = At("2026-01-05T08:00:00Z");
    private static readonly DateTimeOffset Nine = Eight.AddHours(1);
    private static readonly DateTimeOffset Ten = Eight.AddHours(2);

    [Fact]
    public async Task Planned_time_makes_one_run_however_often_and_late_it_is_announced()
    {
        var plane = Plane(OverlapPolicy.Skip);

        var first = await ComeAsync(plane, Eight.AddSeconds(7));
        var again = await ComeAsync(plane, Eight.AddSeconds(42));

        Assert.Equal((true, false), (first.IsNew, again.IsNew));
        Assert.Equal(first.Id, again.Id);
        var run = Assert.Single(plane.Store.All);
        Assert.Equal(
            (RunState.Starting, "schedule hourly 2026-01-05T08:00Z", null), (run.State, run.Trigger, run.Schedule));
        Assert.Equal("""{"name":"hourly","plannedAt":"2026-01-05T08:00:00+00:00"}""", run.Input);
        Assert.Single(plane.Tasks.All);
    }

    [Fact]
    public async Task Announcement_that_comes_again_after_the_run_is_over_starts_nothing()
    {
        var plane = Plane(OverlapPolicy.Skip);
        await ComeAsync(plane, Eight);
        await SucceedAsync(plane, Eight);

        var again = await ComeAsync(plane, Eight);

        Assert.False(again.IsNew);
        Assert.Single(plane.Store.All);
    }

    [Fact]
    public async Task Time_that_is_announced_again_after_a_later_one_is_known_and_changes_nothing()
    {
        var plane = Plane(OverlapPolicy.Skip);
        await ComeAsync(plane, Eight);
        await SucceedAsync(plane, Eight);
        await ComeAsync(plane, Nine);
        var before = await plane.Schedules.ReadAsync(Key, default);

        Assert.False((await ComeAsync(plane, Eight)).IsNew);

        Assert.Equal(before.Version, (await plane.Schedules.ReadAsync(Key, default)).Version);
    }

    [Fact]
    public async Task Skip_records_the_run_without_failing_it_or_telling_admins()
    {
        var plane = Plane(OverlapPolicy.Skip);
        await ComeAsync(plane, Eight);

        await ComeAsync(plane, Nine);
        await SucceedAsync(plane, Eight);
        await ComeAsync(plane, Ten);

        var skipped = RunAt(plane, Nine);
        Assert.Equal(
            (RunState.Skipped, VerdictClass.Skipped, true),
            (skipped.State, skipped.Verdict!.Class, skipped.Owed.IsEmpty));
        Assert.Equal(
            "The run planned for 2026-01-05T08:00Z was not over, and schedule 'hourly' has Overlap = Skip.",
            skipped.Verdict.Sentence);
        Assert.Null(skipped.NextCheckAt);
        Assert.Equal("""{"name":"hourly","plannedAt":"2026-01-05T09:00:00+00:00"}""", skipped.Input);
        Assert.Equal(RunPolicy.Of(Job(OverlapPolicy.Skip)), skipped.Policy);
        Assert.Equal((RunState.Succeeded, RunState.Starting), (RunAt(plane, Eight).State, RunAt(plane, Ten).State));
        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Queue_keeps_one_run_and_starts_it_when_the_one_before_is_over()
    {
        var plane = Plane(OverlapPolicy.Queue);
        await ComeAsync(plane, Eight);
        await ComeAsync(plane, Nine);
        await ComeAsync(plane, Ten);
        Assert.Equal(2, plane.Store.All.Count);

        await SucceedAsync(plane, Eight);

        Assert.Equal((RunState.Skipped, RunState.Starting), (RunAt(plane, Nine).State, RunAt(plane, Ten).State));
        Assert.Equal(Ten, (await plane.Schedules.ReadAsync(Key, default)).Holder);
    }

    [Fact]
    public async Task Queue_passes_over_a_time_that_comes_after_a_later_one()
    {
        var plane = Plane(OverlapPolicy.Queue);
        await ComeAsync(plane, Eight);
        await ComeAsync(plane, Ten);
        await ComeAsync(plane, Nine);

        Assert.Equal(Ten, (await plane.Schedules.ReadAsync(Key, default)).Next);
        Assert.Equal(RunState.Skipped, RunAt(plane, Nine).State);
    }

    [Fact]
    public async Task Replace_stops_the_run_and_starts_the_new_one_when_its_task_has_stopped()
    {
        var plane = Plane(OverlapPolicy.Replace);
        await ComeAsync(plane, Eight);
        await plane.ClaimAsync(RunAt(plane, Eight));

        await ComeAsync(plane, Nine);

        Assert.Equal(RunState.Stopping, RunAt(plane, Eight).State);
        Assert.Null(plane.Store.Find(Scheduler.IdOf(Key, Nine)));
        var stopped = plane.Tasks.End(plane.TaskOf(RunAt(plane, Eight)).TaskArn, 143);
        await plane.DeliverAsync(RunAt(plane, Eight), stopped);
        Assert.Equal((RunState.Cancelled, RunState.Starting), (RunAt(plane, Eight).State, RunAt(plane, Nine).State));
        Assert.Equal($"schedule {Key}", RunAt(plane, Eight).Cancelled?.By);
    }

    [Fact]
    public async Task Allow_lets_both_run()
    {
        var plane = Plane(OverlapPolicy.Allow);
        await ComeAsync(plane, Eight);
        await ComeAsync(plane, Nine);

        Assert.Equal((RunState.Starting, RunState.Starting), (RunAt(plane, Eight).State, RunAt(plane, Nine).State));
        Assert.Equal(
            (null, Nine),
            (
                (await plane.Schedules.ReadAsync(Key, default)).Holder,
                (await plane.Schedules.ReadAsync(Key, default)).LastPlannedAt));
    }

    [Fact]
    public async Task Run_that_is_to_be_repeated_keeps_its_schedule()
    {
        var plane = Plane(OverlapPolicy.Skip);
        await ComeAsync(plane, Eight);
        var run = RunAt(plane, Eight);
        await plane.DeliverAsync(run, await plane.FailAsync(run));

        await ComeAsync(plane, Nine);

        Assert.Equal((RunState.Starting, RunState.Skipped), (RunAt(plane, Eight).State, RunAt(plane, Nine).State));
    }

    [Fact]
    public async Task Schedule_that_the_stack_does_not_have_is_refused_with_those_it_has()
    {
        var plane = Plane(OverlapPolicy.Skip);

        var refused = await Assert.ThrowsAsync<NotDeployedException>(
            () => plane.Scheduler.ComeAsync(new ScheduleKey("report", "daily"), Eight, default));

        Assert.Contains(
            "'report/daily', which this stack does not have (it has: report/hourly)",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missed_time_is_caught_up_once_whatever_holds_the_schedule()
    {
        var plane = Plane(OverlapPolicy.Skip);
        await ComeAsync(plane, Nine);

        Assert.True(await plane.Scheduler.CatchUpAsync(Key, Eight, default));
        Assert.False(await plane.Scheduler.CatchUpAsync(Key, Eight, default));

        Assert.Equal((RunState.Starting, RunState.Starting), (RunAt(plane, Eight).State, RunAt(plane, Nine).State));
    }

    [Fact]
    public async Task Schedule_that_is_removed_with_a_run_waiting_is_skipped_and_forgotten()
    {
        var plane = Plane(OverlapPolicy.Queue);
        await ComeAsync(plane, Eight);
        await ComeAsync(plane, Nine);
        plane.Deploy(Job(OverlapPolicy.Queue) with { Schedules = [] });

        await SucceedAsync(plane, Eight);
        await plane.TickAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("Schedule 'hourly' is no longer part of the stack.", RunAt(plane, Nine).Verdict!.Sentence);
        Assert.Empty(await plane.Schedules.AllAsync(default));
    }

    /// <summary>
    /// The process dies at every single call, before or after it took effect; what announces again, and the tick, mend
    /// it.
    /// </summary>
    [Theory]
    [InlineData(OverlapPolicy.Skip, false)]
    [InlineData(OverlapPolicy.Skip, true)]
    [InlineData(OverlapPolicy.Queue, false)]
    [InlineData(OverlapPolicy.Queue, true)]
    [InlineData(OverlapPolicy.Replace, false)]
    [InlineData(OverlapPolicy.Replace, true)]
    [InlineData(OverlapPolicy.Allow, false)]
    [InlineData(OverlapPolicy.Allow, true)]
    public async Task Crash_at_any_call_loses_no_planned_time_and_starts_none_twice(OverlapPolicy overlap, bool after)
    {
        for (var crashAt = 0; ; crashAt++)
        {
            var plane = Plane(overlap);
            plane.Faults.CrashAfter = after;
            plane.Faults.CrashAt = crashAt;
            foreach (var planned in (DateTimeOffset[])[Eight, Nine, Ten])
            {
                await RedeliverAsync(plane, () => ComeAsync(plane, planned));
            }

            await EndAllAsync(plane);

            Assert.Equal(3, plane.Store.All.Count);
            Assert.All(
                plane.Store.All,
                run =>
                    Assert.True(
                        run.IsOver && run.Owed.IsEmpty,
                        $"Crash at {crashAt}: {run.Trigger} is {run.State} and owes {string.Join(", ", run.Owed)}."));
            Assert.All(
                plane.Store.All,
                run =>
                    Assert.True(
                        run.Launch <= 1, $"Crash at {crashAt}: {run.Trigger} was launched {run.Launch} times."));
            Assert.Equal(
                overlap switch { OverlapPolicy.Skip => 2, OverlapPolicy.Allow => 0, _ => 1 },
                plane.Store.All.Count(run => run.State == RunState.Skipped));
            var state = await plane.Schedules.ReadAsync(Key, default);
            Assert.True(state is { Next: null, Skips.IsEmpty: true });
            if (!plane.Faults.HasCrashed) return;
        }
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip)]
    [InlineData(OverlapPolicy.Queue)]
    [InlineData(OverlapPolicy.Replace)]
    public async Task Of_two_that_are_announced_at_once_one_holds_the_schedule(OverlapPolicy overlap)
    {
        var plane = Plane(overlap);
        var raced = false;
        plane.Faults.Before = call =>
        {
            if (raced || call != "SaveAsync") return;
            raced = true;
            ComeAsync(plane, Nine).GetAwaiter().GetResult();
        };

        await ComeAsync(plane, Eight);

        var state = await plane.Schedules.ReadAsync(Key, default);
        Assert.Equal(Nine, state.Holder);
        Assert.Equal(1, plane.Store.All.Count(run => run.Launch > 0));
    }

    private static async Task RedeliverAsync(TestPlane plane, Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception) when (plane.Faults.HasCrashed)
            {
                plane.Faults.Restart();
            }
        }
    }

    private static async Task EndAllAsync(TestPlane plane)
    {
        for (var round = 0; round < 12; round++)
        {
            foreach (var run in plane.Store.All.Where(run => run is { Launch: > 0, IsOver: false }))
            {
                if (plane.Tasks.All.FirstOrDefault(task => task.Launch.Id == run.LaunchId) is not { } task) continue;
                await plane.Workers.ClaimAsync(run.LaunchId, task.TaskArn, plane.Clock.GetUtcNow(), default);
                await plane.CompleteAsync(run, new(0) { ResultJson = "{}" });
                plane.Tasks.End(task.TaskArn, 0);
            }

            await RedeliverAsync(plane, () => plane.TickAsync(TimeSpan.FromMinutes(6)));
        }
    }

    private static async Task SucceedAsync(TestPlane plane, DateTimeOffset planned)
    {
        var run = RunAt(plane, planned);
        await plane.DeliverAsync(run, await plane.SucceedAsync(run));
    }

    private static Task<(RunId Id, bool IsNew)> ComeAsync(TestPlane plane, DateTimeOffset said) =>
        plane.Scheduler.ComeAsync(Key, said, default);

    private static Run RunAt(TestPlane plane, DateTimeOffset planned) =>
        plane.Store.Find(Scheduler.IdOf(Key, planned))!;

    private static TestPlane Plane(OverlapPolicy overlap) => new(Job(overlap));

    private static JobDefinition Job(OverlapPolicy overlap) =>
        new("report")
        {
            TimeoutMinutes = 7,
            Schedules = [new ScheduleTrigger("hourly", "cron(0 * * * ? *)") { Overlap = overlap }],
        };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
