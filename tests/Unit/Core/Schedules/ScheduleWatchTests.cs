using System.Globalization;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Scheduling;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Schedules;

/// <summary>The clock begins on Monday, 5 January 2026, at eight.</summary>
public sealed class ScheduleWatchTests
{
    private static readonly ScheduleKey Key = new("report", "hourly");

    [Fact]
    public async Task Missing_run_is_noticed_within_five_minutes_and_told_once_with_the_command_that_starts_it()
    {
        var plane = Plane("cron(0 * * * ? *)");
        await TickAsync(plane, minutes: 60 + 3);
        Assert.Empty(plane.Alerts.Published);

        await TickAsync(plane, minutes: 2);
        var alert = Assert.Single(plane.Alerts.Published);
        await TickAsync(plane, minutes: 150);

        Assert.Single(plane.Alerts.Published);
        Assert.StartsWith(
            "jobs: report did not run at 2026-01-05 09:00 UTC, as schedule hourly planned [",
            alert.Subject,
            StringComparison.Ordinal);
        // The run may come late and fail: the e-mail about that is no copy of this one.
        Assert.EndsWith("-missing]", alert.Subject, StringComparison.Ordinal);
        Assert.Contains(
            "dotnet jobs replay --schedule report/hourly --from 2026-01-05T09:00Z --to 2026-01-05T09:01Z",
            alert.Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_was_replayed_before_its_announcement_came_is_not_missed()
    {
        var plane = Plane("cron(0 * * * ? *)");
        await TickAsync(plane, minutes: 61);
        var nine = At("2026-01-05T09:00:00Z");
        await plane.Scheduler.CatchUpAsync(Key, nine, default);
        Assert.False((await plane.Scheduler.ComeAsync(Key, nine, default)).IsNew);

        await TickAsync(plane, minutes: 10);

        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Schedule_that_has_run_again_is_told_of_anew()
    {
        var plane = Plane("cron(0 * * * ? *)");
        await TickAsync(plane, minutes: 65);
        await plane.Scheduler.ComeAsync(Key, At("2026-01-05T10:00:00Z"), default);
        await TickAsync(plane, minutes: 55);
        Assert.Single(plane.Alerts.Published);

        await TickAsync(plane, minutes: 66);

        Assert.Equal(
            2,
            plane.Alerts.Published.Count(alert => alert.Subject.Contains("did not run at", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Schedule_that_comes_as_planned_is_not_told_of()
    {
        var plane = Plane("rate(1 hour)");
        for (var hour = 1; hour <= 3; hour++)
        {
            await TickAsync(plane, minutes: 60);
            await plane.Scheduler.ComeAsync(Key, plane.Clock.GetUtcNow(), default);
        }

        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Rate_is_missed_one_period_after_it_last_came()
    {
        var plane = Plane("rate(1 hour)");
        await TickAsync(plane, minutes: 20);
        await plane.Scheduler.ComeAsync(Key, plane.Clock.GetUtcNow(), default);

        await TickAsync(plane, minutes: 65);

        Assert.Contains(
            "2026-01-05 09:20 UTC", Assert.Single(plane.Alerts.Published).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rate_that_had_come_before_it_was_first_watched_is_counted_from_then()
    {
        var plane = Plane("rate(1 hour)");
        await plane.Scheduler.ComeAsync(Key, At("2026-01-05T08:00:00Z"), default);
        plane.Clock.Advance(TimeSpan.FromMinutes(20));

        await TickAsync(plane, minutes: 60);

        Assert.StartsWith(
            "jobs: report did not run at 2026-01-05 09:00 UTC",
            Assert.Single(plane.Alerts.Published).Subject,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rate_is_told_once_of_a_minute_that_was_guessed_before_it_first_came()
    {
        var plane = Plane("rate(1 hour)");
        plane.Clock.Advance(TimeSpan.FromSeconds(56));
        await TickAsync(plane, minutes: 65);
        Assert.Contains(
            "2026-01-05 09:00 UTC", Assert.Single(plane.Alerts.Published).Subject, StringComparison.Ordinal);
        plane.Clock.Advance(AlertCause.Quiet);
        await plane.AlertManager.TickAsync(default);
        await plane.Scheduler.ComeAsync(Key, At("2026-01-05T08:00:00Z"), default);

        await plane.Watch.TickAsync(default);

        Assert.Single(plane.Alerts.Published);
    }

    [Fact]
    public async Task Nothing_planned_before_the_schedule_was_deployed_or_changed_is_missed()
    {
        var plane = Plane("cron(0 8 * * ? *)");
        await TickAsync(plane, minutes: 30);
        plane.Deploy(Job("cron(25 8 * * ? *)"));

        await TickAsync(plane, minutes: 60);

        Assert.Empty(plane.Alerts.Published);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task What_was_planned_while_a_laptop_slept_is_not_missed(bool sleeps, int alerts)
    {
        var plane = Plane("cron(0 * * * ? *)", sleeps);
        await TickAsync(plane, minutes: 30);

        plane.Clock.Advance(TimeSpan.FromHours(5));
        await TickAsync(plane, minutes: 10);

        Assert.Equal(alerts, plane.Alerts.Published.Count);
    }

    [Fact]
    public async Task Laptop_that_stays_awake_is_told_of_what_did_not_come()
    {
        var plane = Plane("cron(0 * * * ? *)", sleeps: true);

        await TickAsync(plane, minutes: 65);

        Assert.Single(plane.Alerts.Published);
    }

    [Fact]
    public async Task Rate_goes_on_from_its_last_firing_when_a_laptop_wakes()
    {
        var plane = Plane("rate(1 hour)", sleeps: true);
        await TickAsync(plane, minutes: 1);
        await plane.Scheduler.ComeAsync(Key, At("2026-01-05T08:01:00Z"), default);

        plane.Clock.Advance(TimeSpan.FromMinutes(150));
        await TickAsync(plane, minutes: 40);

        Assert.Contains(
            "2026-01-05 11:01 UTC", Assert.Single(plane.Alerts.Published).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_between_the_first_firing_and_the_first_look_is_missed()
    {
        var plane = Plane("cron(0/10 * * * ? *)");
        await plane.Scheduler.ComeAsync(Key, At("2026-01-05T08:00:00Z"), default);
        plane.Clock.Advance(TimeSpan.FromMinutes(16));

        await TickAsync(plane, minutes: 1);

        Assert.Contains(
            "2026-01-05 08:10 UTC", Assert.Single(plane.Alerts.Published).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_planned_before_the_first_firing_arrived_is_not_missed()
    {
        var plane = Plane("cron(0/10 * * * ? *)");
        plane.Clock.Advance(TimeSpan.FromMinutes(19));
        await plane.Scheduler.ComeAsync(Key, At("2026-01-05T08:00:00Z"), default);

        await TickAsync(plane, minutes: 3);

        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Schedule_that_is_changed_is_watched_from_then_on_although_it_had_come()
    {
        var plane = Plane("cron(0 * * * ? *)");
        await plane.Scheduler.ComeAsync(Key, At("2026-01-05T08:00:00Z"), default);
        await TickAsync(plane, minutes: 30);
        plane.Deploy(Job("cron(15 * * * ? *)"));

        await TickAsync(plane, minutes: 20);

        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Schedule_whose_last_time_has_come_misses_nothing_any_more()
    {
        var plane = Plane("cron(0 8 5 1 ? 2026)");
        await plane.Scheduler.ComeAsync(Key, At("2026-01-05T08:00:00Z"), default);

        await TickAsync(plane, minutes: 3);

        Assert.Empty(plane.Alerts.Published);
    }

    [Theory]
    [InlineData(24 * 60, true)]
    [InlineData((24 * 60) + 1, false)]
    public async Task Decision_that_was_not_carried_out_is_looked_for_a_day(int minutes, bool starts)
    {
        var plane = Plane("cron(0 8 5 1 ? 2026)");
        var planned = plane.Clock.GetUtcNow();
        await plane.Schedules.SaveAsync(new(Key) { Version = 1, Holder = planned, LastPlannedAt = planned }, default);
        plane.Clock.Advance(TimeSpan.FromMinutes(minutes));

        await plane.Watch.TickAsync(default);

        Assert.Equal(starts, plane.Store.Find(Scheduler.IdOf(Key, planned)) is not null);
    }

    [Fact]
    public async Task Tick_does_not_settle_a_schedule_whose_holder_has_its_run()
    {
        var plane = Plane("cron(0 8 5 1 ? 2026)");
        await plane.Scheduler.ComeAsync(Key, plane.Clock.GetUtcNow(), default);
        await plane.Watch.TickAsync(default);
        var before = plane.Faults.Calls.Count;

        await plane.Watch.TickAsync(default);

        Assert.Equal(["AllAsync", "ReadAsync"], plane.Faults.Calls.Skip(before));
    }

    [Fact]
    public async Task Skip_that_was_decided_and_not_recorded_is_recorded_by_the_tick()
    {
        var plane = Plane("cron(0 8 5 1 ? 2026)");
        var planned = plane.Clock.GetUtcNow();
        await plane.Scheduler.ComeAsync(Key, planned, default);
        var state = await plane.Schedules.ReadAsync(Key, default);
        await plane.Schedules.SaveAsync(
            state with { Version = state.Version + 1, Skips = [planned.AddHours(1)] }, default);

        await plane.Watch.TickAsync(default);

        Assert.True((await plane.Schedules.ReadAsync(Key, default)).Skips.IsEmpty);
        Assert.True(plane.Store.Find(Scheduler.IdOf(Key, planned.AddHours(1)))!.IsOver);
    }

    [Fact]
    public async Task Removed_schedule_is_forgotten_when_its_last_run_is_over()
    {
        var plane = Plane("cron(0 * * * ? *)");
        var planned = plane.Clock.GetUtcNow();
        await plane.Scheduler.ComeAsync(Key, planned, default);
        var run = plane.Store.Find(Scheduler.IdOf(Key, planned))!;
        plane.Deploy(Job("cron(0 * * * ? *)") with { Schedules = [] });

        await plane.Watch.TickAsync(default);
        Assert.Single(await plane.Schedules.AllAsync(default));
        await plane.DeliverAsync(run, await plane.SucceedAsync(run));
        for (var tick = 0; tick < 2; tick++) await plane.Watch.TickAsync(default);

        Assert.Empty(await plane.Schedules.AllAsync(default));
    }

    [Fact]
    public async Task Schedule_that_cannot_be_watched_is_told_after_all_others_were()
    {
        var plane = new TestPlane(Job("rate(1 day)"), Job("rate(1 day)") with { Name = "other" });
        var saves = 0;
        plane.Faults.Before = call =>
        {
            if (call == "SaveAsync" && saves++ == 0) throw new HttpRequestException("DynamoDB is away.");
        };

        var failed = await Assert.ThrowsAsync<AggregateException>(() => plane.Watch.TickAsync(default));

        Assert.StartsWith("Of watching the schedules 1 steps failed", failed.Message, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(await plane.Schedules.AllAsync(default)).Expression);
    }

    [Fact]
    public async Task Missing_run_is_told_while_the_runs_cannot_be_read()
    {
        var plane = Plane("cron(0 * * * ? *)");
        await plane.Watch.TickAsync(default);
        await plane.Scheduler.ComeAsync(Key, plane.Clock.GetUtcNow(), default);
        plane.Clock.Advance(TimeSpan.FromMinutes(60 + 5));
        plane.Faults.Before = call =>
        {
            if (call == "ReadAsync") throw new HttpRequestException("DynamoDB is away.");
        };

        await Assert.ThrowsAsync<AggregateException>(() => plane.Watch.TickAsync(default));

        Assert.Contains("did not run at", Assert.Single(plane.Alerts.Published).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tick_asks_once_for_all_schedules()
    {
        var plane = new TestPlane(
            [.. Enumerable.Range(0, 20).Select(i => Job("rate(1 day)") with { Name = $"report-{i}" })]);
        await plane.Watch.TickAsync(default);
        var before = plane.Faults.Calls.Count;

        await plane.Watch.TickAsync(default);

        Assert.Equal(["AllAsync"], plane.Faults.Calls.Skip(before));
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(-30)]
    [InlineData(0)]
    [InlineData(60)]
    public async Task Firing_by_zone_data_of_another_age_is_no_missing_run(int minutes)
    {
        var plane = Plane("cron(0 12 * * ? *)", zone: "Europe/Berlin");
        for (var day = 0; day < 3; day++)
        {
            await TickUntilAsync(plane, At("2026-01-05T11:00:00Z").AddDays(day).AddMinutes(minutes));
            Assert.True((await plane.Scheduler.ComeAsync(Key, plane.Clock.GetUtcNow(), default)).IsNew);
        }

        await TickUntilAsync(plane, At("2026-01-08T10:00:00Z"));

        Assert.Empty(plane.Alerts.Published);
    }

    [Theory]
    [InlineData("cron(0 12 * * ? *)", "2026-01-05T12:03:00Z", "2026-01-05T12:05:00Z", "2026-01-05 11:00 UTC")]
    [InlineData("cron(0/30 * * * ? *)", "2026-01-05T08:33:00Z", "2026-01-05T08:35:00Z", "2026-01-05 08:30 UTC")]
    public async Task Schedule_in_a_zone_is_missed_once_no_zone_data_can_mean_it(
        string expression, string before, string after, string missed)
    {
        var plane = Plane(expression, zone: "Europe/Berlin");
        await TickUntilAsync(plane, At(before));
        Assert.Empty(plane.Alerts.Published);

        await TickUntilAsync(plane, At(after));

        Assert.Contains(missed, Assert.Single(plane.Alerts.Published).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_firing_is_a_run_of_its_own_whatever_the_zone_data()
    {
        var plane = Plane("cron(0 9,10 * * ? *)", zone: "Europe/Berlin");
        Assert.True((await plane.Scheduler.ComeAsync(Key, At("2026-01-05T09:00:00Z"), default)).IsNew);
        Assert.True((await plane.Scheduler.ComeAsync(Key, At("2026-01-05T10:00:00Z"), default)).IsNew);
    }

    /// <summary>Whether its rule has been enabled meanwhile is not known here.</summary>
    [Fact]
    public async Task Schedule_that_is_deployed_switched_off_is_not_missed_and_makes_a_run_when_it_comes()
    {
        var plane = new TestPlane();
        var trigger = new ScheduleTrigger("hourly", "cron(0 * * * ? *)") { Disabled = true };
        plane.Deploy(new JobDefinition("report") { Schedules = [trigger] });
        await TickUntilAsync(plane, At("2026-01-05T09:30:00Z"));
        Assert.True((await plane.Scheduler.ComeAsync(Key, At("2026-01-05T09:00:00Z"), default)).IsNew);

        await TickUntilAsync(plane, At("2026-01-05T12:00:00Z"));

        Assert.Empty(plane.Alerts.Published);
    }

    private static Task TickUntilAsync(TestPlane plane, DateTimeOffset until) =>
        TickAsync(plane, (int)(until - plane.Clock.GetUtcNow()).TotalMinutes);

    private static async Task TickAsync(TestPlane plane, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await plane.Watch.TickAsync(default);
            plane.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await plane.Watch.TickAsync(default);
    }

    private static TestPlane Plane(string expression, bool sleeps = false, string? zone = null)
    {
        var plane = new TestPlane { Sleeps = sleeps };
        plane.Deploy(Job(expression, zone));
        return plane;
    }

    private static JobDefinition Job(string expression, string? zone = null) =>
        new("report") { Schedules = [new ScheduleTrigger("hourly", expression) { TimeZone = zone }] };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
