using Jobs.Cli.Import;

namespace Jobs.Tests.Unit.Cli.Import;

/// <summary>Schedules, spans and commands are read as Copilot reads them.</summary>
public sealed class CopilotScheduleTests
{
    [Theory]
    [InlineData("@hourly", "cron(0 * * * ? *)")]
    [InlineData("@daily", "cron(0 0 * * ? *)")]
    [InlineData("@midnight", "cron(0 0 * * ? *)")]
    [InlineData("@weekly", "cron(0 0 ? * 1 *)")]
    [InlineData("@monthly", "cron(0 0 1 * ? *)")]
    [InlineData("@yearly", "cron(0 0 1 1 ? *)")]
    [InlineData("@annually", "cron(0 0 1 1 ? *)")]
    [InlineData("@every 2h", "rate(2 hours)")]
    [InlineData("@every 1h", "rate(1 hour)")]
    [InlineData("@every 1h30m", "rate(90 minutes)")]
    [InlineData("@every 1m", "rate(1 minute)")]
    [InlineData("@every 48h", "rate(2 days)")]
    [InlineData("rate(5 minutes)", "rate(5 minutes)")]
    [InlineData("cron(0 9 3W * ? *)", "cron(0 9 3W * ? *)")]
    [InlineData("* * * * *", "cron(* * * * ? *)")]
    [InlineData("0 9 * * 1-5", "cron(0 9 ? * 2-6 *)")]
    [InlineData("0 9 * * 0", "cron(0 9 ? * 1 *)")]
    [InlineData("0 12 * * MON", "cron(0 12 ? * MON *)")]
    [InlineData("0  9   1 * *", "cron(0 9 1 * ? *)")]
    public void Schedule_is_what_AWS_reads(string schedule, string expression) =>
        Assert.Equal(expression, CopilotSchedule.ToAws(schedule));

    [Theory]
    [InlineData("@fortnightly")]
    [InlineData("@every 90s")]
    [InlineData("@every 0m")]
    [InlineData("@every soon")]
    [InlineData("0 9 1 * 1")]
    [InlineData("0 9 * *")]
    [InlineData("61 9 * * *")]
    [InlineData("rate(0 minutes)")]
    public void What_is_no_schedule_is_refused(string schedule) =>
        Assert.Throws<FormatException>(() => CopilotSchedule.ToAws(schedule));

    [Theory]
    [InlineData("1h30m", 5_400)]
    [InlineData("90s", 90)]
    [InlineData("250ms", 0.25)]
    [InlineData("1.5h", 5_400)]
    [InlineData("5d", 432_000)]
    [InlineData("0", 0)]
    public void Span_is_read_as_Go_does(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("1h 30m")]
    [InlineData("-1h")]
    [InlineData("1h\n")]
    [InlineData("99999999999999h")]
    public void What_is_no_span_is_none(string text) => Assert.Null(Durations.Parse(text));

    [Theory]
    [InlineData("ps au", new[] { "ps", "au" })]
    [InlineData("  a   b ", new[] { "a", "b" })]
    [InlineData("run --title 'Last night' \"a \\\"b\\\"\"", new[] { "run", "--title", "Last night", "a \"b\"" })]
    [InlineData("a\\ b ''", new[] { "a b", "" })]
    [InlineData("'a\\b'", new[] { "a\\b" })]
    public void Command_is_split_as_a_shell_does(string text, string[] words) =>
        Assert.Equal(words, ShellWords.Split(text));

    [Theory]
    [InlineData("echo 'a")]
    [InlineData("echo \"a")]
    public void Quote_that_is_not_closed_is_no_command(string text) => Assert.Null(ShellWords.Split(text));
}
