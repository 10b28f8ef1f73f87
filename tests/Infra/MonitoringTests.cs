using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Jobs.Aws.Metrics;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Metrics;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.Infra;

/// <summary>Alarms of jobs, the dashboard and the saved queries.</summary>
public sealed partial class MonitoringTests
{
    private static readonly Template All = Shapes.Monitored.Template;

    [Fact]
    public void Alarms_of_a_job_watch_a_metric_of_its_own_each_and_tell_of_both_changes()
    {
        string[] metrics = ["Failures", "RunSeconds", "CostDollars"];
        var alarms = All.OfType("AWS::CloudWatch::Alarm")
            .Where(alarm => metrics.Contains(alarm["MetricName"]))
            .ToList();

        Assert.Equal(
            [
                "Average Failures of line-count in 3600 s >= 0.2",
                "Maximum RunSeconds of line-count in 300 s >= 600",
                "Sum CostDollars of line-count in 86400 s >= 2.5",
            ],
            alarms.Select(Text).Order(StringComparer.Ordinal));
        Assert.All(alarms, alarm =>
        {
            Assert.Equal("Jobs", alarm["Namespace"]);
            Assert.Equal("notBreaching", alarm["TreatMissingData"]);
            Assert.Equal("<JobsAlertsTopic>", Readable.Text(alarm.Properties["AlarmActions"]![0]));
            Assert.Equal("<JobsAlertsTopic>", Readable.Text(alarm.Properties["OKActions"]![0]));
            Assert.Contains("dotnet jobs", alarm["AlarmDescription"]!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Stack_that_asks_for_nothing_has_no_further_alarm_dashboard_or_query()
    {
        var plain = Shapes.Typical.Template;

        Assert.DoesNotContain(plain.OfType("AWS::CloudWatch::Alarm"), alarm => alarm["Namespace"] == "Jobs");
        Assert.Empty(plain.OfType("AWS::CloudWatch::Dashboard"));
        Assert.Empty(plain.OfType("AWS::Logs::QueryDefinition"));
        Assert.All(
            plain.OfType("AWS::Lambda::Function"),
            function => Assert.Null(function.Properties["Environment"]!["Variables"]![EnvironmentNames.Metrics]));
    }

    [Theory]
    [InlineData(ContainerInsightsMode.Off, "disabled")]
    [InlineData(ContainerInsightsMode.Standard, "enabled")]
    [InlineData(ContainerInsightsMode.Enhanced, "enhanced")]
    public void Cluster_has_container_insights_as_asked_for(ContainerInsightsMode mode, string value)
    {
        var stack = Synthesis.Of(
            (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
            _ => Synthesis.AnyRunner with { ContainerInsights = mode });

        var cluster = Assert.Single(stack.Template.OfType("AWS::ECS::Cluster"));
        var setting = Assert.Single(cluster.Properties["ClusterSettings"]!.AsArray());
        Assert.Equal(("containerInsights", value), ($"{setting!["Name"]}", $"{setting["Value"]}"));
    }

    [Theory]
    [InlineData(JobMetrics.ByStack, null)]
    [InlineData(JobMetrics.ByJob, MetricsText.ByJob)]
    [InlineData(JobMetrics.None, MetricsText.None)]
    public void Functions_are_told_which_metrics_to_write(JobMetrics metrics, string? text)
    {
        var stack = Synthesis.Of(
            (_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage),
            _ => Synthesis.AnyRunner with { Metrics = metrics });

        Assert.All(
            stack.Template.OfType("AWS::Lambda::Function"),
            function => Assert.Equal(
                text, (string?)function.Properties["Environment"]!["Variables"]![EnvironmentNames.Metrics]));
    }

    [Fact]
    public void Alarm_without_metrics_is_refused()
    {
        var error = Assert.ThrowsAny<Exception>(() => Synthesis.Of(
            (_, runner) => runner.AddJob(
                new JobDefinition("any") { Alarms = new() { FailurePercent = 1 } }, Shapes.AnyImage),
            _ => Synthesis.AnyRunner with { Metrics = JobMetrics.None }));

        Assert.Contains("Metrics = None has no job with OwnMetrics or alarms (declared: any)", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Dashboard_shows_every_metric_of_the_stack_and_each_queue_function_and_alarm()
    {
        var dashboard = Assert.Single(All.OfType("AWS::CloudWatch::Dashboard"));
        var body = Readable.Text(dashboard.Properties["DashboardBody"]);

        Assert.Equal("jobs", dashboard["DashboardName"]);
        string[] metrics =
        [
            MetricNames.Runs, MetricNames.WaitedSeconds, MetricNames.RunSeconds, MetricNames.CostDollars,
            MetricNames.Backlog, MetricNames.WaitingRuns, MetricNames.Launches, MetricNames.Refusals,
        ];
        Assert.All(metrics, name => Assert.Contains(name, body, StringComparison.Ordinal));
        Assert.All(
            (string[])["Succeeded", "Failed", "TimedOut", "Cancelled", "Skipped"],
            outcome => Assert.Contains(outcome, body, StringComparison.Ordinal));
        Assert.All(
            All.Resources.Where(one => one.Type is "AWS::SQS::Queue" or "AWS::Lambda::Function"),
            one => Assert.Contains(Readable.WithoutHash(one.Id), body, StringComparison.Ordinal));
        Assert.All(
            All.OfType("AWS::CloudWatch::Alarm").Where(alarm => alarm["AlarmName"] is null),
            alarm => Assert.Contains(Readable.WithoutHash(alarm.Id) + ".Arn", body, StringComparison.Ordinal));
    }

    [Fact]
    public void Queries_ask_only_for_what_the_lines_of_ends_have()
    {
        var queries = All.OfType("AWS::Logs::QueryDefinition").ToDictionary(
            query => query["Name"]!, query => query["QueryString"]!);
        string[] given = ["Ended", "Seconds"];

        Assert.Equal(["jobs/one run everywhere", "jobs/runs by cause", "jobs/slowest runs"], queries.Keys.Order());
        foreach (var name in (string[])["jobs/runs by cause", "jobs/slowest runs"])
        {
            var asked = Field().Matches(queries[name]).Select(match => match.Value).Distinct().ToList();
            Assert.InRange(asked.Count, 4, 20);
            Assert.Empty(asked.Except(given).Except(MembersOfAnEnd()));
        }
    }

    [Fact]
    public void Query_for_one_run_looks_into_the_logs_of_functions_and_of_jobs()
    {
        var query = All.OfType("AWS::Logs::QueryDefinition").Single(one => one["Name"] == "jobs/one run everywhere");
        var groups = query.Properties["LogGroupNames"]!.AsArray().Select(group => Readable.Text(group)).ToList();

        Assert.Equal(
            All.OfType("AWS::Logs::LogGroup").Select(log => $"<{Readable.WithoutHash(log.Id)}>").Order(),
            groups.Order());
        Assert.Contains("strcontains(@message, \"RUN\")", query["QueryString"]!, StringComparison.Ordinal);
    }

    private static IEnumerable<string> MembersOfAnEnd()
    {
        var lines = new List<string>();
        new EmbeddedRunMetrics("jobs", _ => true, lines.Add, TimeProvider.System).Ended(
            new EndFigures(RunId.From("line-count", "upload", "a"), 1, "upload")
            {
                Outcome = RunState.Failed,
                Verdict = VerdictClass.JobFailed,
                Waited = TimeSpan.FromSeconds(1),
                Ran = TimeSpan.FromSeconds(1),
                Dollars = 1,
            });
        return JsonNode.Parse(Assert.Single(lines))!.AsObject().Select(member => member.Key);
    }

    private static string Text(Resource alarm) => string.Create(
        CultureInfo.InvariantCulture,
        $"{alarm["Statistic"]} {alarm["MetricName"]} of {JobOf(alarm)} in {alarm["Period"]} s >= {alarm["Threshold"]}");

    private static string JobOf(Resource alarm)
    {
        var dimensions = alarm.Properties["Dimensions"]!.AsArray()
            .ToDictionary(one => (string)one!["Name"]!, one => (string)one!["Value"]!);
        Assert.Equal("jobs", dimensions["Stack"]);
        Assert.Equal(2, dimensions.Count);
        return dimensions["Job"];
    }

    [GeneratedRegex(@"(?<![@\w])[A-Z]\w+")]
    private static partial Regex Field();
}
