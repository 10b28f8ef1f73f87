using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Queues;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Functions;

/// <summary>The function that sweeps each minute. What a failed one did not do, the next one does.</summary>
internal sealed class OnTick
{
    /// <summary>The sweep looks at many runs at once.</summary>
    private const int MemoryMiB = 512;

    private readonly HandlerFunction _function;
    private readonly AdminAlerts _alerts;

    public OnTick(Construct scope, FunctionFactory functions, Shared shared, IEnumerable<JobDefinition> jobs)
    {
        _alerts = shared.Alerts;
        var failed = AddFailedTicks(scope, _alerts);
        _function = functions.Add(nameof(OnTick), FunctionTimes.Dispatch, MemoryMiB);
        JobDefinition[] all = [.. jobs];
        LetLookBack(functions, shared.Buckets, all);
        if (all.Any(job => job is { Queue: not null, Uploads.Count: > 0 })) LetSendUploads(functions, shared.Commands);
        _function.Grant(Statements.Send("KeepFailedTicks", failed));
        StackOutput.Add(
            scope, OutputNames.Tick, Function.FunctionName, "Sweeps each minute, and at once when it is invoked.");
        Invocation = KeepFailures(failed);
        _alerts.WhenLosing(
            _function,
            Function,
            "A failed tick could not be kept in its dead-letter queue. Nothing is lost, the next tick does its work; " +
            "check the queue's policy and that it exists.");
    }

    public Function Function => _function.Function;

    /// <summary>How it is invoked, which must be known before it is.</summary>
    public CfnEventInvokeConfig Invocation { get; }

    /// <summary>Tells admins when the sweep no longer runs.</summary>
    public void WatchItself() => _alerts.WhenSilent(
        _function,
        Function,
        "OnTick has not run for five minutes: retries, timeouts and lost events wait for it. See that its rule is " +
        "enabled, and that the function starts and is not throttled.");

    private void LetLookBack(
        FunctionFactory functions, UploadBuckets buckets, IReadOnlyCollection<JobDefinition> jobs)
    {
        _function.Grant(functions.Permissions.LookBack(buckets.ArnsOf(jobs)));
        if (buckets.NamesOf(jobs) is not { Count: > 0 } names) return;
        Function.AddEnvironment(EnvironmentNames.Buckets, BucketNames.Write(names));
    }

    /// <param name="commands">By whose URL it knows those of the jobs' queues.</param>
    private void LetSendUploads(FunctionFactory functions, Inbox commands)
    {
        _function.Grant(functions.Permissions.SendUploads());
        Function.AddEnvironment(EnvironmentNames.Commands, commands.Queue.QueueUrl);
    }

    private static Queue AddFailedTicks(Construct scope, AdminAlerts alerts)
    {
        const string Failed = "FailedTicks";
        var queue = new DeadLetters(
            scope,
            Failed,
            alerts,
            "OnTick failed. The next tick, a minute later, does its work too; if they go on failing, the log of OnTick " +
            "says why. Purge the queue when it is mended.").Queue;
        StackOutput.AddDeadLetters(scope, Failed, queue.QueueUrl);
        return queue;
    }

    private CfnEventInvokeConfig KeepFailures(Queue failed)
    {
        var async = new CfnEventInvokeConfig(_function, "Async", new CfnEventInvokeConfigProps
        {
            FunctionName = Function.FunctionName,
            Qualifier = "$LATEST",
            MaximumRetryAttempts = 0,
            MaximumEventAgeInSeconds = FunctionTimes.TickLifetimeSeconds,
            DestinationConfig = new CfnEventInvokeConfig.DestinationConfigProperty
            {
                OnFailure = new CfnEventInvokeConfig.OnFailureProperty { Destination = failed.QueueArn },
            },
        });
        // Lambda refuses a destination that the role may not send to yet.
        async.Node.AddDependency(_function.Role.Node.FindChild("DefaultPolicy"));
        return async;
    }
}
