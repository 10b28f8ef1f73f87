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
    public BacklogWatch(
        HandlerFunction function, JobRunner runner, FunctionPermissions permissions, IReadOnlyCollection<Job> jobs)
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
        Function.AddEnvironment(EnvironmentNames.Commands, runner.Commands.Queue.QueueUrl);
        function.Role.AddToPrincipalPolicy(permissions.ReadBacklogs());
        if (jobs.Any(job => job.Definition.Queue!.Mode == QueueMode.Service))
        {
            function.Role.AddToPrincipalPolicy(permissions.WakeServices());
        }
        WakeBy(jobs);
    }

    public Function Function => _function.Function;

    /// <summary>There are queues to look at.</summary>
    public bool IsNeeded { get; }

    /// <summary>Tells admins when nobody looks any more.</summary>
    /// <param name="rule">What wakes the function each minute.</param>
    public void WatchItself(IDependable rule) => _runner.AlertRoom.WhenSilent(
        _function, Function, rule, "OnBacklog has not run for five minutes: messages wait for it. See that the rule Tick is enabled and the function can start.");

    /// <summary>
    /// One permission for the alarms of all jobs, by their names: a function's policy has at most 20 KB. An alarm fires
    /// once, so it is made when it may invoke.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html for the principal.
    /// </summary>
    private void WakeBy(IEnumerable<Job> jobs)
    {
        var stack = Stack.Of(_runner);
        Function.AddPermission("Alarms", new Permission
        {
            Principal = new ServicePrincipal("lambda.alarms.cloudwatch.amazonaws.com"),
            SourceAccount = stack.Account,
            SourceArn = stack.FormatArn(new ArnComponents
            {
                Service = "cloudwatch",
                Resource = "alarm",
                ResourceName = Names.BacklogAlarm(_runner.StackName, "*"),
                ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
            }),
        });
        foreach (var job in jobs)
        {
            job.Backlog!.Alarm.AlarmActions = [Function.FunctionArn];
            job.Backlog.Alarm.Node.AddDependency(Function.Node.FindChild("Alarms"));
        }
    }
}
