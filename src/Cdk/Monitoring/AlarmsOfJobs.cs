using System.Globalization;
using Amazon.CDK;
using Jobs.Cdk.Alerts;
using Jobs.Core;
using Jobs.Core.Metrics;

namespace Jobs.Cdk.Monitoring;

/// <summary>
/// The alarms that jobs ask for, each on one metric of the job's own: an alarm on an expression is charged for each
/// metric in it. https://aws.amazon.com/cloudwatch/pricing/
/// </summary>
internal sealed class AlarmsOfJobs(string stack, AdminAlerts alerts)
{
    private readonly RunMetric _metrics = new(stack);
    private readonly CommandLines _lines = new(stack);

    public void Add(Job job)
    {
        if (job.Definition.Alarms is not { } alarms) return;
        if (alarms.FailurePercent is { } percent) AddFailures(job, percent);
        if (alarms.DurationMinutes is { } minutes) AddDuration(job, minutes);
        if (alarms.DollarsPerDay is { } dollars) AddCost(job, dollars);
    }

    private void AddFailures(Job job, int percent) => Add(
        job,
        "FailureRate",
        $"{percent} % of the runs of {job.Definition.Name} that ended within an hour failed. See which, and why: " +
        _lines.FailedRuns(job.Definition.Name),
        MetricNames.Failures,
        "Average",
        Duration.Hours(1),
        percent / 100.0);

    private void AddDuration(Job job, int minutes) => Add(
        job,
        "Duration",
        $"An attempt of {job.Definition.Name} took {minutes} minutes. See the newest runs: " +
        _lines.Runs(job.Definition.Name),
        MetricNames.RunSeconds,
        "Maximum",
        Duration.Minutes(5),
        60.0 * minutes);

    private void AddCost(Job job, double dollars) => Add(
        job,
        "CostPerDay",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The tasks of {job.Definition.Name} that ended within a day cost ${dollars} of Fargate. See which: {_lines.Cost()}"),
        MetricNames.CostDollars,
        "Sum",
        Duration.Days(1),
        dollars);

    private void Add(
        Job job, string id, string description, string metric, string statistic, Duration period, double limit) =>
        alerts.WhenAtLeast(
            job,
            id,
            description,
            _metrics.Of(metric, statistic, period, null, (MetricNames.Job, job.Definition.Name)),
            limit);
}
