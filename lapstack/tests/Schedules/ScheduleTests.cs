using System.Globalization;
using Lapstack.Schedules;

namespace Lapstack.Tests.Schedules;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("cron(71 8 1 * ? *)", "minutes 71")]
    [InlineData("cron(0 dummy ? * MON-FRI *)", "hours 'DUMMY'")]
    [InlineData("cron(0 24 * * ? *)", "hours 24")]
    [InlineData("cron(0 0 32 * ? *)", "day-of-month 32")]
    [InlineData("cron(0 0 0W * ? *)", "day-of-month 0")]
    [InlineData("cron(0 0 L-3 * ? *)", "day-of-month 'L'")]
    [InlineData("cron(0 0 1 13 ? *)", "month 13")]
    [InlineData("cron(0 0 ? * NOT *)", "day-of-week 'NOT'")]
    [InlineData("cron(0 0 ? * 3#6 *)", "1 to 5")]
    [InlineData("cron(0 0 ? * 2L,3 *)", "only one expression")]
    [InlineData("cron(0 0 ? * ? *)", "exactly one must be ?")]
    [InlineData("cron(0/0 0 * * ? *)", "the step")]
    [InlineData("cron(0 0 1 1 ? 1969)", "year 1969")]
    [InlineData("cron(0 0 1 1 ? 2200)", "year 2200")]
    [InlineData("cron(0 0 1 1 ? 2005-2002)", "upwards")]
    [InlineData("cron(,0 0 1 1 ? *)", "minutes ''")]
    [InlineData("rate(0 minutes)", "positive")]
    [InlineData("rate(1 minutes)", "singular")]
    [InlineData("rate(10 minute)", "plural")]
    [InlineData("rate(10 MINUTES)", "unit 'MINUTES'")]
    [InlineData("rate(10  minutes)", "one blank")]
    [InlineData("rate(1.5 hours)", "whole number")]
    [InlineData("every(1 hour)", "'every'")]
    [InlineData("at(2026-02-30T00:00:00)", "yyyy-mm-ddThh:mm:ss")]
    public void Invalid_expression_is_refused_with_field_and_rule(string expression, string why)
    {
        var refused = Assert.Throws<ScheduleException>(() => Schedule.Parse(expression));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains(expression, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("localtime")]
    [InlineData("Factory")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("europe/berlin")]
    [InlineData("../zoneinfo/UTC")]
    public void Name_that_is_no_iana_time_zone_is_refused(string zone) =>
        Assert.Contains(
            $"'{zone}'",
            Assert.Throws<ScheduleException>(() => Schedule.Parse("cron(0 0 * * ? *)", zone)).Message,
            StringComparison.Ordinal);

    [Theory]
    // Dublin's and Casablanca's winter is the exception to their time, so their daylight saving is negative.
    [InlineData("Europe/Dublin", "cron(30 1 * * ? *)", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("Eire", "cron(30 1 * * ? *)", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("Europe/Dublin", "cron(30 1 * * ? *)", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Dublin", "cron(30 1 * * ? *)", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("Africa/Casablanca", "cron(30 2 * * ? *)", "2026-03-21T12:00:00Z", "2026-03-23T01:30:00Z")]
    [InlineData("Africa/El_Aaiun", "cron(30 2 * * ? *)", "2026-03-21T12:00:00Z", "2026-03-23T01:30:00Z")]
    [InlineData("Africa/Casablanca", "cron(30 2 * * ? *)", "2026-02-14T12:00:00Z", "2026-02-15T01:30:00Z")]
    [InlineData("Africa/Casablanca", "cron(30 2 * * ? *)", "2026-02-15T01:30:00Z", "2026-02-16T02:30:00Z")]
    public void Local_time_that_is_skipped_does_not_fire_and_a_doubled_one_fires_once(
        string zone, string expression, string from, string next) =>
        Assert.Equal(Utc(next), Schedule.Parse(expression, zone).NextAfter(Utc(from)!.Value));

    [Theory]
    [InlineData("cron(0 0 29 2 ? *)", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("cron(0 0 ? 12 7L *)", "2190-01-01T00:00:00Z", "2190-12-25T00:00:00Z")]
    [InlineData("cron(0 0 1 1 ? 2030/10)", "2026-01-01T00:00:00Z", "2030-01-01T00:00:00Z")]
    [InlineData("cron(0 0 1 1 ? 2030/10)", "2030-01-01T00:00:00Z", "2040-01-01T00:00:00Z")]
    [InlineData("cron(0 22-1 * * ? *)", "2026-01-05T23:00:00Z", "2026-01-06T00:00:00Z")]
    [InlineData("cron(0 9 LW * ? *)", "2026-01-05T00:00:00Z", "2026-01-30T09:00:00Z")]
    // A month without the day has no weekday nearest to it.
    [InlineData("cron(5 10 31W * ? 2027)", "2027-01-31T00:00:00Z", "2027-03-31T10:05:00Z")]
    [InlineData("cron(0 0 31W * ? *)", "2026-05-29T00:00:00Z", "2026-07-31T00:00:00Z")]
    [InlineData("cron(0 0 30W * ? *)", "2026-02-01T00:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData("cron(0 0 29W 2 ? *)", "2026-01-05T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("cron(0 0 31W 2,4 ? *)", "2026-01-05T00:00:00Z", null)]
    [InlineData("cron(0 0 ? * L *)", "2026-01-05T00:00:00Z", "2026-01-10T00:00:00Z")]
    [InlineData("cron(0 0 ? * sun *)", "2026-01-05T00:00:00Z", "2026-01-11T00:00:00Z")]
    [InlineData("cron(0 0 30 2 ? *)", "2026-01-05T00:00:00Z", null)]
    [InlineData("cron(0 0 * * ? *)", "2199-12-31T00:00:00Z", null)]
    [InlineData("at(2026-02-03T04:05:06)", "2026-02-03T04:05:05Z", "2026-02-03T04:05:06Z")]
    [InlineData("at(2026-02-03T04:05:06)", "2026-02-03T04:05:06Z", null)]
    public void Schedule_in_utc_fires_next_at(string expression, string from, string? next) =>
        Assert.Equal(Utc(next), Schedule.Parse(expression).NextAfter(Utc(from)!.Value));

    [Theory]
    // Berlin: 02:00 becomes 03:00 on 29 March 2026, and 03:00 becomes 02:00 on 25 October.
    [InlineData("cron(30 2 * * ? *)", "2026-03-28T02:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("cron(0 3 * * ? *)", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("cron(30 2 * * ? *)", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("cron(30 2 * * ? *)", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("cron(0/30 * * * ? *)", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("cron(0 0 1 1 ? *)", "2026-06-01T00:00:00Z", "2026-12-31T23:00:00Z")]
    [InlineData("at(2026-03-29T02:30:00)", "2026-01-01T00:00:00Z", null)]
    [InlineData("at(2026-10-25T02:30:00)", "2026-01-01T00:00:00Z", "2026-10-25T00:30:00Z")]
    public void Schedule_in_Berlin_skips_a_missing_hour_and_runs_a_doubled_one_once(
        string expression, string from, string? next) =>
        Assert.Equal(Utc(next), Schedule.Parse(expression, "Europe/Berlin").NextAfter(Utc(from)!.Value));

    [Fact]
    public void Rate_counts_its_periods_from_its_start()
    {
        var rate = Schedule.Parse("rate(5 minutes)", start: Utc("2026-01-05T08:01:00Z"));

        Assert.Equal(Utc("2026-01-05T08:06:00Z"), rate.NextAfter(Utc("2026-01-05T07:00:00Z")!.Value));
        Assert.Equal(Utc("2026-01-05T08:06:00Z"), rate.NextAfter(Utc("2026-01-05T08:01:00Z")!.Value));
        Assert.Equal(Utc("2026-01-05T08:11:00Z"), rate.NextAfter(Utc("2026-01-05T08:06:00Z")!.Value));
        Assert.Equal(Utc("2026-01-05T08:11:00Z"), rate.NextAfter(Utc("2026-01-05T08:10:59Z")!.Value));
    }

    private static DateTimeOffset? Utc(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
