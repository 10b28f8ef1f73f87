using System.Globalization;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
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
        Assert.StartsWith("jobs: report did not run at 2026-01-05 09:00 UTC, as schedule hourly planned [", alert.Subject, StringComparison.Ordinal);
        Assert.Contains("jobs replay --schedule report/hourly --from 2026-01-05T09:00Z --to 2026-01-05T09:01Z", alert.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_that_has_run_again_is_told_of_anew()
    {
        var plane = Plane("cron(0 * * * ? *)");
        await TickAsync(plane, minutes: 65);
        await plane.ScheduleDesk.ComeAsync(Key, At("2026-01-05T10:00:00Z"), default);
        await TickAsync(plane, minutes: 55);
        Assert.Single(plane.Alerts.Published);

        await TickAsync(plane, minutes: 66);

        Assert.Equal(2, plane.Alerts.Published.Count(alert => alert.Subject.Contains("did not run at", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Schedule_that_comes_as_planned_is_not_told_of()
    {
        var plane = Plane("rate(1 hour)");
        for (var hour = 1; hour <= 3; hour++)
        {
            await TickAsync(plane, minutes: 60);
            await plane.ScheduleDesk.ComeAsync(Key, plane.Clock.GetUtcNow(), default);
        }

        Assert.Empty(plane.Alerts.Published);
    }

    [Fact]
    public async Task Rate_is_missed_one_period_after_it_last_came()
    {
        var plane = Plane("rate(1 hour)");
        await TickAsync(plane, minutes: 20);
        await plane.ScheduleDesk.ComeAsync(Key, plane.Clock.GetUtcNow(), default);

        await TickAsync(plane, minutes: 65);

        Assert.Contains("2026-01-05 09:20 UTC", Assert.Single(plane.Alerts.Published).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rate_that_had_come_before_it_was_first_watched_is_counted_from_then()
    {
        var plane = Plane("rate(1 hour)");
        await plane.ScheduleDesk.ComeAsync(Key, At("2026-01-05T08:00:00Z"), default);
        plane.Clock.Advance(TimeSpan.FromMinutes(20));

        await TickAsync(plane, minutes: 60);

        Assert.StartsWith("jobs: report did not run at 2026-01-05 09:00 UTC", Assert.Single(plane.Alerts.Published).Subject, StringComparison.Ordinal);
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
    public async Task Tick_asks_once_for_all_schedules()
    {
        var plane = new TestPlane([.. Enumerable.Range(0, 20).Select(i => Job("rate(1 day)") with { Name = $"report-{i}" })]);
        await plane.Watch.TickAsync(default);
        var before = plane.Faults.Calls.Count;

        await plane.Watch.TickAsync(default);

        Assert.Equal(["AllAsync"], plane.Faults.Calls.Skip(before));
    }

    private static async Task TickAsync(TestPlane plane, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await plane.Watch.TickAsync(default);
            plane.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await plane.Watch.TickAsync(default);
    }

    private static TestPlane Plane(string expression, bool sleeps = false)
    {
        var plane = new TestPlane { Sleeps = sleeps };
        plane.Deploy(Job(expression));
        return plane;
    }

    private static JobDefinition Job(string expression) => new("report") { Schedules = [new ScheduleTrigger("hourly", expression)] };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
