using Amazon.CDK.AWS.Logs;
using Constructs;
using Jobs.Core.Metrics;

namespace Jobs.Cdk.Monitoring;

/// <summary>
/// Saved queries of CloudWatch Logs Insights. The lines of ends are in the logs of functions; what a run said is in
/// that of its job.
/// </summary>
internal sealed class LogQueries : Construct
{
    /// <summary>
    /// Log groups of one query. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatchlogs_limits.html
    /// </summary>
    private const int MostGroups = 50;

    private readonly string _stack;

    /// <param name="functions">Logs of the functions.</param>
    /// <param name="workers">Logs of the jobs, of which the first are asked.</param>
    public LogQueries(Construct scope, string stack, IEnumerable<ILogGroup> functions, IEnumerable<ILogGroup> workers)
        : base(scope, "LogQueries")
    {
        _stack = stack;
        string[] ends = [.. functions.Select(log => log.LogGroupName)];
        Add("Causes", "runs by cause", Causes, ends);
        Add("Slowest", "slowest runs", Slowest, ends);
        Add("OneRun", "one run everywhere", OneRun, [.. ends.Concat(workers.Select(log => log.LogGroupName))
            .Take(MostGroups)]);
    }

    private static string Causes =>
        $"""
        filter ispresent({MetricNames.Outcome})
        | stats count(*) as Ended, avg({MetricNames.RunSeconds}) as Seconds by {MetricNames.Job}, {MetricNames.Outcome}, {MetricNames.Verdict}
        | sort Ended desc
        """;

    private static string Slowest =>
        $"""
        filter ispresent({MetricNames.RunSeconds})
        | fields @timestamp, {MetricNames.Run}, {MetricNames.Attempt}, {MetricNames.RunSeconds}, {MetricNames.WaitedSeconds}, {MetricNames.CostDollars}, {MetricNames.Outcome}, {MetricNames.Verdict}, {MetricNames.Trigger}
        | sort {MetricNames.RunSeconds} desc
        | limit 50
        """;

    private static string OneRun =>
        """
        # Put the id of the run, such as csv-import/4m1zvhqh, in place of RUN.
        fields @timestamp, @log, @message
        | filter strcontains(@message, "RUN")
        | sort @timestamp asc
        | limit 10000
        """;

    private void Add(string id, string name, string query, string[] groups)
    {
        _ = new CfnQueryDefinition(this, id, new CfnQueryDefinitionProps
        {
            Name = $"{_stack}/{name}",
            QueryString = query.ReplaceLineEndings("\n"),
            LogGroupNames = groups,
        });
    }
}
