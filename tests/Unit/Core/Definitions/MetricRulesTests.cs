using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Core.Definitions;

public sealed class MetricRulesTests
{
    [Fact]
    public void Alarms_with_limits_are_taken_and_turn_the_jobs_metrics_on()
    {
        var job = Job(new() { FailurePercent = 100, DurationMinutes = 60, DollarsPerDay = 0.01 });

        Assert.Empty(DefinitionRules.Check(job));
        Assert.True(MetricRules.HasOwn(job));
        Assert.True(MetricRules.HasOwn(new JobDefinition("orders") { OwnMetrics = true }));
        Assert.False(MetricRules.HasOwn(new JobDefinition("orders")));
    }

    [Theory]
    [InlineData(0, null, null, "FailurePercent is 1 to 100")]
    [InlineData(101, null, null, "FailurePercent is 1 to 100")]
    [InlineData(null, 0, null, "DurationMinutes is 1 to TimeoutMinutes (60)")]
    [InlineData(null, 61, null, "DurationMinutes is 1 to TimeoutMinutes (60)")]
    [InlineData(null, null, -1.0, "DollarsPerDay is above 0")]
    [InlineData(null, null, double.NaN, "DollarsPerDay is above 0")]
    [InlineData(null, null, null, "an alarm has a limit")]
    public void Limit_that_can_never_or_always_be_met_is_refused(
        int? percent, int? minutes, double? dollars, string rule)
    {
        var alarms = new JobAlarms { FailurePercent = percent, DurationMinutes = minutes, DollarsPerDay = dollars };

        Assert.StartsWith(rule, Assert.Single(DefinitionRules.Check(Job(alarms))).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Service_has_no_runs_to_count()
    {
        var service = new JobDefinition("drain")
        {
            Queue = new QueueTrigger { Mode = QueueMode.Service },
            OwnMetrics = true,
        };

        Assert.Equal("a queue's service has no runs to be counted", Assert.Single(DefinitionRules.Check(service)).Rule);
    }

    private static JobDefinition Job(JobAlarms alarms) => new("orders") { Alarms = alarms };
}
