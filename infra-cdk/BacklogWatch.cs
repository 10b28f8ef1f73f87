using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Infra;

/// <summary>What OnBacklog may do and is told, and the alarms that wake it. Without queues it is there and sleeps.</summary>
internal sealed class BacklogWatch
{
    /// <summary>Until the next look. Runs that were not submitted in time, that one submits.</summary>
    public static readonly Duration Timeout = Duration.Seconds(60);

    private readonly HandlerFunction _function;
    private readonly JobRunner _runner;

    /// <param name="jobs">Those with a queue.</param>
    public BacklogWatch(HandlerFunction function, JobRunner runner, IReadOnlyCollection<Job> jobs)
    {
        (_function, _runner, IsNeeded) = (function, runner, jobs.Count > 0);
        _ = new CfnEventInvokeConfig(function, "Async", new CfnEventInvokeConfigProps
        {
            FunctionName = Function.FunctionName,
            Qualifier = "$LATEST",
            // The next look does what a failed one did not.
            MaximumRetryAttempts = 0,
            MaximumEventAgeInSeconds = ControlPlane.TickLifetimeSeconds,
        });
        if (!IsNeeded) return;
        Function.AddEnvironment(EnvironmentNames.Queues, string.Join(',', jobs.Select(job => $"{job.Definition.Name}={job.Queue!.QueueUrl}")));
        function.Role.AddToPrincipalPolicy(Statements.Allow("ReadBacklogs", ["sqs:GetQueueAttributes"], [.. jobs.Select(job => job.Queue!.QueueArn)]));
        foreach (var job in jobs) WakeBy(job);
        if (jobs.Where(job => job.Definition.Queue!.Mode == QueueMode.Service).ToList() is { Count: > 0 } services) LetWake(services);
    }

    public Function Function => _function.Function;

    /// <summary>There are queues to look at.</summary>
    public bool IsNeeded { get; }

    /// <summary>Tells admins when nobody looks any more.</summary>
    /// <param name="rule">What wakes the function each minute.</param>
    public void WatchItself(IDependable rule) => _runner.AlertRoom.WhenSilent(
        _function, Function, rule, "OnBacklog has not run for five minutes: messages wait for it. See that the rule Tick is enabled and the function can start.");

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html for the principal.</summary>
    private void WakeBy(Job job)
    {
        var alarm = job.Backlog!.Alarm;
        alarm.AlarmActions = [Function.FunctionArn];
        Function.AddPermission($"Alarm {job.Definition.Name}", new Permission
        {
            Principal = new ServicePrincipal("lambda.alarms.cloudwatch.amazonaws.com"),
            SourceAccount = Stack.Of(_runner).Account,
            SourceArn = alarm.AttrArn,
        });
    }

    /// <summary>The number of tasks is all it changes: whose task definition it is, it could pass no role to.</summary>
    private void LetWake(IEnumerable<Job> jobs) => _function.Role.AddToPrincipalPolicy(Statements.Allow(
        "WakeServices",
        ["ecs:DescribeServices", "ecs:UpdateService"],
        [.. jobs.Select(job => Stack.Of(_runner).FormatArn(new ArnComponents
        {
            Service = "ecs",
            Resource = "service",
            ResourceName = $"{_runner.Cluster.ClusterName}/{Names.Service(_runner.StackName, job.Definition.Name)}",
        }))]));
}
