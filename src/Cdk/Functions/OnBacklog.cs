using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Permissions;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Functions;

/// <summary>
/// The function that gives the jobs' queues tasks, and the alarms that wake it. Without queues it is there and sleeps.
/// </summary>
internal sealed class OnBacklog
{
    private readonly HandlerFunction _function;
    private readonly AdminAlerts _alerts;

    /// <param name="commands">Where it submits runs.</param>
    public OnBacklog(FunctionFactory functions, AdminAlerts alerts, Queue commands, IEnumerable<Job> jobs)
    {
        _alerts = alerts;
        Job[] watched = [.. jobs.Where(job => job.Backlog is not null)];
        IsNeeded = watched.Length > 0;
        _function = functions.AddAsleep(nameof(OnBacklog), FunctionTimes.Look);
        LeaveFailuresToNextLook();
        if (!IsNeeded) return;
        Function.AddEnvironment(EnvironmentNames.Commands, commands.QueueUrl);
        _function.Grant(Needed(functions.Permissions, watched));
        WakeBy(watched);
    }

    public Function Function => _function.Function;

    /// <summary>There are queues to look at.</summary>
    public bool IsNeeded { get; }

    /// <summary>Tells admins when queues are no longer looked at.</summary>
    public void WatchItself() => _alerts.WhenSilent(
        _function,
        Function,
        "OnBacklog has not run for five minutes: messages wait for it. See that the rule Tick is enabled, and that " +
        "the function starts and is not throttled.");

    private static IEnumerable<PolicyStatement> Needed(FunctionPermissions permissions, IEnumerable<Job> jobs)
    {
        foreach (var statement in permissions.MoveRuns()) yield return statement;
        yield return permissions.ReadBacklogs();
        if (jobs.Any(job => job.Definition.Queue!.Mode == QueueMode.Service)) yield return permissions.WakeServices();
    }

    private void LeaveFailuresToNextLook()
    {
        _ = new CfnEventInvokeConfig(_function, "Async", new CfnEventInvokeConfigProps
        {
            FunctionName = Function.FunctionName,
            Qualifier = "$LATEST",
            MaximumRetryAttempts = 0,
            MaximumEventAgeInSeconds = FunctionTimes.TickLifetimeSeconds,
        });
    }

    /// <summary>
    /// One permission for the alarms of all jobs, by their names: a function's policy has at most 20 KB. An alarm fires
    /// once, so it is made when it may invoke.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html for the principal.
    /// </summary>
    private void WakeBy(IEnumerable<Job> jobs)
    {
        var stack = Stack.Of(_function);
        Function.AddPermission("Alarms", new Permission
        {
            Principal = new ServicePrincipal("lambda.alarms.cloudwatch.amazonaws.com"),
            SourceAccount = stack.Account,
            SourceArn = stack.FormatArn(new ArnComponents
            {
                Service = "cloudwatch",
                Resource = "alarm",
                ResourceName = Names.BacklogAlarm(stack.StackName, "*"),
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
