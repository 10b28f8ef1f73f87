using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class ScheduleRulesTests
{
    private static readonly ScheduleTrigger Hourly = new("hourly", "rate(1 hour)");

    [Fact]
    public void Valid_schedules_pass() => Assert.Empty(Check(
        Hourly,
        new ScheduleTrigger("nightly", "cron(30 2 * * ? *)")
        {
            TimeZone = "Europe/Berlin",
            Input = """{"days": 7}""",
            Overlap = OverlapPolicy.Replace,
        }));

    [Theory]
    [InlineData("cron(71 8 * * ? *)", null, "schedule 'nightly' is not valid: minutes 71: it must be from 0 to 59")]
    [InlineData("rate(1 hours)", null, "unit 'hours': value 1 needs the singular 'hour'")]
    [InlineData("cron(0 2 * * ? *)", "Europe/Berlni", "did you mean Europe/Berlin?")]
    [InlineData("cron(0 2 30 2 ? *)", null, "must have a time at which it fires")]
    public void Expression_that_AWS_would_refuse_names_the_field_and_the_rule(
        string expression, string? zone, string rule)
    {
        var error = Assert.Single(Check(new ScheduleTrigger("nightly", expression) { TimeZone = zone }));

        Assert.Contains(rule, error.Rule, StringComparison.Ordinal);
        Assert.Contains(expression, error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Schedule_whose_last_time_is_over_is_refused()
    {
        var job = new JobDefinition("report") { Schedules = [new ScheduleTrigger("once", "cron(0 8 5 1 ? 2026)")] };

        Assert.Empty(DefinitionRules.CheckFuture(job, new DateTimeOffset(2026, 1, 5, 7, 59, 0, TimeSpan.Zero)));
        Assert.Contains(
            "in the future",
            Assert.Single(
                DefinitionRules.CheckFuture(job, new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))).Rule,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_schedules_of_one_name_are_refused() =>
        Assert.Equal(
            "2 named hourly", Assert.Single(Check(Hourly, new ScheduleTrigger("hourly", "rate(2 hours)"))).Value);

    [Theory]
    [InlineData("Hourly")]
    [InlineData("")]
    [InlineData("a.b")]
    public void Name_that_is_not_lower_case_words_is_refused(string name) =>
        Assert.NotEmpty(Check(Hourly with { Name = name }));

    [Theory]
    [InlineData(57, 0)]
    [InlineData(58, 1)]
    public void Name_is_as_long_as_AWS_takes_it(int length, int errors) =>
        Assert.Equal(errors, Check(Hourly with { Name = new string('s', length) }).Count());

    [Fact]
    public void Input_that_is_not_json_is_refused() =>
        Assert.Contains(
            "must be JSON", Assert.Single(Check(Hourly with { Input = "{days: 7}" })).Rule, StringComparison.Ordinal);

    [Theory]
    [InlineData("rate(1 hour)", "rate-1-hour")]
    [InlineData("cron(0 2 * * ? *)", "cron-0-2")]
    [InlineData("cron(0/15 8-17 ? * MON-FRI *)", "cron-0-15-8-17-mon-fri")]
    public void Schedule_without_a_name_is_named_after_its_expression(string expression, string name) =>
        Assert.Equal(name, ScheduleTrigger.NameFor(expression));

    private static IEnumerable<DefinitionError> Check(params ScheduleTrigger[] schedules) =>
        DefinitionRules.Check("jobs", new JobDefinition("report") { Schedules = schedules });
}
