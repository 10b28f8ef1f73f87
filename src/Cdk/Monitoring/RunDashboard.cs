using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Core.Metrics;

namespace Jobs.Cdk.Monitoring;

/// <summary>One page of the stack: its runs, what they wait for, what they cost, and the machinery.</summary>
internal sealed class RunDashboard
{
    /// <summary>Columns of a dashboard.</summary>
    private const int Width = 24;

    /// <summary>
    /// Of one widget.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
    /// </summary>
    private const int MostAlarms = 100;

    private const int MostQueues = 100;

    private static readonly Duration Period = Duration.Minutes(5);

    private readonly Construct _runner;
    private readonly RunMetric _metrics;

    /// <param name="runner">Whose queues, functions and alarms are shown.</param>
    /// <param name="stack">Name of the stack, and of the dashboard.</param>
    public RunDashboard(Construct runner, string stack)
    {
        (_runner, _metrics) = (runner, new(stack));
        var parts = runner.Node.FindAll();
        _ = new Dashboard(runner, "Dashboard", new DashboardProps
        {
            DashboardName = stack,
            DefaultInterval = Duration.Days(1),
            Widgets =
            [
                [Outcomes(), Cost()],
                [
                    Times(MetricNames.WaitedSeconds, "Seconds from request to claim"),
                    Times(MetricNames.RunSeconds, "Seconds of attempts"),
                ],
                [Launches(), Waiting()],
                [Queues("Messages that wait", parts, dead: false), Queues("Dead letters", parts, dead: true)],
                Functions([.. parts.OfType<Function>()]),
                [.. Alarms([.. parts.OfType<Alarm>()])],
            ],
        });
    }

    private GraphWidget Outcomes() => Graph(
        "Runs by outcome",
        stacked: true,
        [
            .. new[] { RunState.Succeeded, RunState.Failed, RunState.TimedOut, RunState.Cancelled, RunState.Skipped }
                .Select(state => _metrics.Of(
                    MetricNames.Runs, "Sum", Period, $"{state}", (MetricNames.Outcome, $"{state}"))),
        ]);

    private GraphWidget Cost() => Graph(
        "US dollars of Fargate a day, at the prices of us-east-1",
        stacked: false,
        _metrics.Of(MetricNames.CostDollars, "Sum", Duration.Days(1), "Tasks that ended"));

    private GraphWidget Times(string name, string title) => Graph(
        title,
        stacked: false,
        _metrics.Of(name, "p50", Period, "Half of them"),
        _metrics.Of(name, "p95", Period, "95 %"));

    private GraphWidget Launches() => Graph(
        "Launches, and refusals by reason",
        stacked: false,
        _metrics.Of(MetricNames.Launches, "Sum", Period),
        _metrics.Each(MetricNames.Refusals, MetricNames.Reason, Period));

    private GraphWidget Waiting() => Graph(
        "Runs that wait for a launch, and the fullest queue",
        stacked: false,
        _metrics.Of(MetricNames.WaitingRuns, "Maximum", Period, "Runs"),
        _metrics.Of(MetricNames.Backlog, "Maximum", Period, "Messages"));

    private GraphWidget Queues(string title, IEnumerable<IConstruct> parts, bool dead) => Graph(
        title,
        stacked: false,
        [
            .. parts.OfType<Queue>().Where(queue => IsDeadLetters(queue) == dead).Take(MostQueues)
                .Select(queue => queue.MetricApproximateNumberOfMessagesVisible(
                    new MetricOptions { Statistic = "Maximum", Period = Period, Label = Label(queue) })),
        ]);

    private static bool IsDeadLetters(Queue queue) => queue.Node.Scope is Jobs.Cdk.Queues.DeadLetters;

    /// <summary>Where it is in the runner: <c>Commands</c>, <c>queue-worker</c>.</summary>
    private string Label(Queue queue) => string.Join(
        ' ',
        queue.Node.Path[_runner.Node.Path.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part is not ("Functions" or "Queue" or "DeadLetters")));

    private static IWidget[] Functions(IReadOnlyList<Function> functions) =>
    [
        PerFunction("Errors of functions", functions, (function, options) => function.MetricErrors(options), "Sum"),
        PerFunction("Throttles", functions, (function, options) => function.MetricThrottles(options), "Sum"),
        PerFunction(
            "Milliseconds of functions, 95 %",
            functions,
            (function, options) => function.MetricDuration(options),
            "p95"),
    ];

    private static GraphWidget PerFunction(
        string title,
        IReadOnlyList<Function> functions,
        Func<Function, IMetricOptions, Metric> metric,
        string statistic) => Graph(
            title,
            stacked: false,
            Width / 3,
            [
                .. functions.Select(function => metric(
                    function,
                    new MetricOptions
                    {
                        Statistic = statistic,
                        Period = Period,
                        Label = function.Node.Scope!.Node.Id,
                    })),
            ]);

    private static IEnumerable<IWidget> Alarms(IReadOnlyList<Alarm> alarms)
    {
        if (alarms.Count == 0) yield break;
        yield return new AlarmStatusWidget(new AlarmStatusWidgetProps
        {
            Title = "Alarms, the last to change first",
            Width = Width,
            Height = 4,
            SortBy = AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
            Alarms = [.. alarms.Take(MostAlarms)],
        });
    }

    private static GraphWidget Graph(string title, bool stacked, params IMetric[] metrics) =>
        Graph(title, stacked, Width / 2, metrics);

    private static GraphWidget Graph(string title, bool stacked, int width, IMetric[] metrics) =>
        new(new GraphWidgetProps { Title = title, Width = width, Stacked = stacked, Left = metrics });
}
