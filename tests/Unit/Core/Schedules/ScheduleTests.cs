using System.Globalization;
using Jobs.Core.Schedules;

namespace Jobs.Tests.Unit.Core.Schedules;

public sealed class ScheduleTests
{
    [Theory]
    // Berlin: 02:00 becomes 03:00 on 29 March 2026, and 03:00 becomes 02:00 on 25 October.
    [InlineData("Europe/Berlin", "cron(30 2 * * ? *)", "2026-03-28T02:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("Europe/Berlin", "cron(0 3 * * ? *)", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "cron(30 2 * * ? *)", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Berlin", "cron(30 2 * * ? *)", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("Europe/Berlin", "cron(30 2 * * ? *)", "2026-10-25T01:10:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("Europe/Berlin", "cron(0/30 * * * ? *)", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("Europe/Berlin", "cron(0 0 1 1 ? *)", "2026-06-01T00:00:00Z", "2026-12-31T23:00:00Z")]
    // New York: 02:00 becomes 03:00 on 8 March 2026, and 02:00 becomes 01:00 on 1 November.
    [InlineData("America/New_York", "cron(30 2 * * ? *)", "2026-03-07T12:00:00Z", "2026-03-09T06:30:00Z")]
    [InlineData("America/New_York", "cron(30 1 * * ? *)", "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z")]
    [InlineData("America/New_York", "cron(30 1 * * ? *)", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    // Lord Howe's clock is put back by half an hour: 02:00 becomes 01:30 on 5 April 2026.
    [InlineData("Australia/Lord_Howe", "cron(45 1 * * ? *)", "2026-04-04T00:00:00Z", "2026-04-04T14:45:00Z")]
    [InlineData("Australia/Lord_Howe", "cron(45 1 * * ? *)", "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z")]
    // Dublin's and Casablanca's winter is the exception to their time, so their daylight saving is negative.
    [InlineData("Europe/Dublin", "cron(30 1 * * ? *)", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("Eire", "cron(30 1 * * ? *)", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("Europe/Dublin", "cron(30 1 * * ? *)", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Dublin", "cron(30 1 * * ? *)", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("Africa/Casablanca", "cron(30 2 * * ? *)", "2026-03-21T12:00:00Z", "2026-03-23T01:30:00Z")]
    [InlineData("Africa/El_Aaiun", "cron(30 2 * * ? *)", "2026-03-21T12:00:00Z", "2026-03-23T01:30:00Z")]
    [InlineData("Africa/Casablanca", "cron(30 2 * * ? *)", "2026-02-14T12:00:00Z", "2026-02-15T01:30:00Z")]
    [InlineData("Africa/Casablanca", "cron(30 2 * * ? *)", "2026-02-15T01:30:00Z", "2026-02-16T02:30:00Z")]
    public void Local_time_that_is_skipped_does_not_run_and_a_doubled_one_runs_once(
        string zone, string expression, string after, string next) =>
        Assert.Equal(Utc(next), Schedule.Parse(expression, zone).Next(Utc(after)));

    [Theory]
    [InlineData("cron(71 8 1 * ? *)", "minutes 71")]
    [InlineData("cron(0 24 * * ? *)", "hours 24")]
    [InlineData("cron(0 0 0W * ? *)", "day-of-month 0")]
    [InlineData("cron(0 0 ? * 3#6 *)", "1 to 5")]
    [InlineData("cron(0 0 ? * 2L,3 *)", "only one expression")]
    [InlineData("cron(0 0 * * * *)", "exactly one must be ?")]
    [InlineData("cron(0 0 ? * ? *)", "exactly one must be ?")]
    [InlineData("cron(0 0 0 * * ? *)", "it has 7")]
    [InlineData("cron(0/0 0 * * ? *)", "the step")]
    [InlineData("cron(0 0 1 1 ? 2005-2002)", "upwards")]
    [InlineData("rate(1 minutes)", "singular")]
    [InlineData("rate(10 minute)", "plural")]
    [InlineData("rate(0 minutes)", "at least a minute")]
    [InlineData("rate(30 seconds)", "shortest rate is a minute")]
    [InlineData("rate(2147483647 days)", "longer than any time")]
    [InlineData("at(2026-01-01T00:00:00)", "neither rate nor cron")]
    [InlineData("every day", "rate(value unit)")]
    [InlineData("rate(5 minutesx", "rate(value unit)")]
    [InlineData("rate 5 minutes)", "rate(value unit)")]
    [InlineData("cron( 0 10 * * ? *)", "no blanks")]
    [InlineData("cron(0 0 ? * 3#1,5#2 *)", "only one expression")]
    [InlineData("cron(0 0 ? * MON/2 *)", "steps (/) are not allowed")]
    [InlineData("cron(0/60 0 * * ? *)", "the step must be a whole number from 1 to 59")]
    [InlineData("cron(X 0 * * ? *)", "minutes 'X': it must be a number from 0 to 59, with , - * /")]
    [InlineData("cron(0 0 1 MAI ? *)", "month 'MAI': it must be a number from 1 to 12 or JAN to DEC, with , - * /")]
    [InlineData("cron(0 0 ? * XXX *)", "day-of-week 'XXX': it must be a number from 1 to 7 or SUN to SAT, with , - *")]
    public void Invalid_expression_is_refused_with_the_field_and_the_rule(string expression, string why) =>
        Assert.Contains(
            why, Assert.Throws<FormatException>(() => Schedule.Parse(expression)).Message, StringComparison.Ordinal);

    [Theory]
    // Over the end of a field: 22, 23, 0, 1, 2; November to February; Friday to Monday. 5 January 2026 is a Monday.
    [InlineData("cron(0 22-2 * * ? *)", "2026-01-05T02:00:00Z", "2026-01-05T22:00:00Z")]
    [InlineData("cron(0 22-2 * * ? *)", "2026-01-05T23:00:00Z", "2026-01-06T00:00:00Z")]
    [InlineData("cron(0 22-2 * * ? *)", "2026-01-06T00:00:00Z", "2026-01-06T01:00:00Z")]
    [InlineData("cron(0 0 1 NOV-FEB ? *)", "2026-02-01T00:00:00Z", "2026-11-01T00:00:00Z")]
    [InlineData("cron(0 0 1 NOV-FEB ? *)", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("cron(0 0 ? * FRI-MON *)", "2026-01-05T00:00:00Z", "2026-01-09T00:00:00Z")]
    [InlineData("cron(0 0 ? * FRI-MON *)", "2026-01-10T00:00:00Z", "2026-01-11T00:00:00Z")]
    [InlineData("cron(0 0 ? * MON,WED *)", "2026-01-05T00:00:00Z", "2026-01-07T00:00:00Z")]
    [InlineData("cron(0/59 10 * * ? *)", "2026-01-05T10:00:00Z", "2026-01-05T10:59:00Z")]
    [InlineData("cron(0/1 10 * * ? *)", "2026-01-05T10:00:00Z", "2026-01-05T10:01:00Z")]
    [InlineData("cron(0 0 1 1 ? 2030-2030)", "2026-01-05T00:00:00Z", "2030-01-01T00:00:00Z")]
    // The weekday nearest to a Sunday is Monday, and Friday at a month's end; a month without the day has none.
    [InlineData("cron(0 0 15W * ? *)", "2026-02-01T00:00:00Z", "2026-02-16T00:00:00Z")]
    [InlineData("cron(0 0 31W * ? *)", "2026-05-01T00:00:00Z", "2026-05-29T00:00:00Z")]
    [InlineData("cron(0 0 31W * ? *)", "2026-05-29T00:00:00Z", "2026-07-31T00:00:00Z")]
    [InlineData("cron(5 10 31W * ? 2027)", "2027-01-31T00:00:00Z", "2027-03-31T10:05:00Z")]
    [InlineData("cron(0 0 29W 2 ? *)", "2026-01-05T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("rate(3000000 days)", "2026-01-05T00:00:00Z", null)]
    public void Expression_is_next_planned_for(string expression, string after, string? next) =>
        Assert.Equal(next is null ? null : Utc(next), Schedule.Parse(expression).Next(Utc(after)));

    [Theory]
    [InlineData("Europe/Berlln", "did you mean Europe/Berlin?")]
    [InlineData("Mars/Olympus Mons", "not an IANA time zone")]
    [InlineData("W. Europe Standard Time", "but one of Windows; write Europe/Berlin")]
    [InlineData("eastern standard time", "but one of Windows; write America/New_York")]
    [InlineData("Eastern Standard Time!x", "did you mean America/New_York?")]
    [InlineData("UTC-11", "but one of Windows; write Etc/GMT+11")]
    [InlineData("posix/Europe/Berlin", "write Europe/Berlin")]
    [InlineData("right/Asia/Tokyo", "write Asia/Tokyo")]
    [InlineData("localtime", "not an IANA time zone")]
    [InlineData("posixrules", "not an IANA time zone")]
    [InlineData("Factory", "not an IANA time zone")]
    [InlineData("europe/berlin", "did you mean Europe/Berlin?")]
    [InlineData("Europe//Berlin", "did you mean Europe/Berlin?")]
    [InlineData("utc", "not an IANA time zone")]
    [InlineData("../zoneinfo/UTC", "not an IANA time zone")]
    [InlineData("", "not an IANA time zone")]
    public void Unknown_time_zone_is_refused_with_the_nearest(string zone, string why) =>
        Assert.Contains(
            why,
            Assert.Throws<FormatException>(() => Schedule.Parse("cron(0 0 * * ? *)", zone)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Eire")]
    [InlineData("US/Eastern")]
    [InlineData("Etc/GMT+5")]
    [InlineData("EST5EDT")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("UTC")]
    public void Name_that_iana_has_is_taken(string zone) =>
        Assert.NotNull(Schedule.Parse("cron(0 0 * * ? *)", zone).Next(Utc("2026-01-05T00:00:00Z")));

    [Fact]
    public void Planned_time_that_scheduler_says_is_kept_whatever_the_zone_data_here() =>
        Assert.Equal(
            Utc("2026-12-01T17:00:00Z"),
            Schedule.Parse("cron(0 8 * * ? *)", "America/Vancouver").PlannedAt(Utc("2026-12-01T17:00:30Z")));

    [Fact]
    public void Rate_has_no_time_zone() =>
        Assert.Contains(
            "no time zone",
            Assert.Throws<FormatException>(() => Schedule.Parse("rate(1 hour)", "Europe/Berlin")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("cron(0 10 * * ? *)", "2026-01-05T10:00:00Z", "2026-01-05T10:00:00Z")]
    [InlineData("cron(0 10 * * ? *)", "2026-01-05T10:00:42Z", "2026-01-05T10:00:00Z")]
    [InlineData("cron(0 10 * * ? *)", "2026-01-05T10:01:07Z", "2026-01-05T10:00:00Z")]
    [InlineData("cron(0/5 * * * ? *)", "2026-01-05T10:06:07Z", "2026-01-05T10:05:00Z")]
    [InlineData("rate(1 hour)", "2026-01-05T10:17:42Z", "2026-01-05T10:17:00Z")]
    public void Planned_time_is_found_from_a_firing_that_is_said_to_be_late(
        string expression, string said, string planned) =>
        Assert.Equal(Utc(planned), Schedule.Parse(expression).PlannedAt(Utc(said)));

    [Fact]
    public void Window_of_a_rate_counts_from_a_time_at_which_it_fired()
    {
        var times = Schedule.Parse("rate(1 hour)").Between(
            Utc("2026-01-05T10:00:00Z"), Utc("2026-01-05T13:00:00Z"), anchor: Utc("2026-01-06T00:20:00Z"));

        Assert.Equal([Utc("2026-01-05T10:20:00Z"), Utc("2026-01-05T11:20:00Z"), Utc("2026-01-05T12:20:00Z")], times);
    }

    [Fact]
    public void Window_includes_its_beginning_and_not_its_end()
    {
        var times = Schedule.Parse("cron(0 * * * ? *)").Between(
            Utc("2026-01-05T10:00:00Z"), Utc("2026-01-05T12:00:00Z"));

        Assert.Equal([Utc("2026-01-05T10:00:00Z"), Utc("2026-01-05T11:00:00Z")], times);
    }

    [Fact]
    public void Window_of_a_rate_includes_its_beginning_too()
    {
        var times = Schedule.Parse("rate(1 hour)").Between(
            Utc("2026-01-05T10:20:00Z"), Utc("2026-01-05T12:20:00Z"), anchor: Utc("2026-01-06T00:20:00Z"));

        Assert.Equal([Utc("2026-01-05T10:20:00Z"), Utc("2026-01-05T11:20:00Z")], times);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
