using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;

namespace Jobs.Infra;

/// <summary>The functions, what wakes them, and where goes what they could not do.</summary>
internal sealed class ControlPlane
{
    /// <summary>Name of the functions' assembly, which is the handler of an executable one.</summary>
    public const string Handler = "Jobs.Functions";

    /// <summary>
    /// Longer than the tick's minute by the time that one launch may take and ten seconds, so that in a backlog each dispatcher works until
    /// the next one waits for it, also when EventBridge is some seconds late. A burst of uploads dispatches as long, until a tick takes over.
    /// </summary>
    internal static readonly Duration DispatchTimeout = Duration.Seconds(80);

    /// <summary>A tick that could not run within a minute has been replaced by the next.</summary>
    internal const int TickLifetimeSeconds = 60;

    /// <summary>They wait for AWS most of their time, and what they cost is memory times time.</summary>
    private const int InboxMemoryMiB = 256;

    /// <summary>The sweep looks at many runs at once.</summary>
    private const int TickMemoryMiB = 512;

    private static readonly Duration InboxTimeout = Duration.Seconds(30);

    private readonly Construct _parent;
    private readonly JobRunner _runner;
    private readonly IReadOnlyList<Job> _jobs;
    private readonly DispatchSettings _rate;
    private readonly int? _maxVcpus;
    private readonly FunctionPermissions _permissions;
    private readonly Queue _undelivered;
    private readonly Code _code;

    /// <param name="parent">Empty so far.</param>
    /// <param name="jobs">All of them, and all valid.</param>
    public ControlPlane(Construct parent, JobRunner runner, JobRunnerProps props, IReadOnlyList<Job> jobs)
    {
        (_parent, _runner, _jobs, _rate, _maxVcpus) = (parent, runner, jobs, props.LaunchRate, props.MaxVcpus);
        _permissions = new FunctionPermissions(runner);
        _undelivered = new DeadLetters(
            parent, "Undelivered", runner.AlertRoom, "EventBridge could not hand on an event. The message's attributes RULE_ARN and ERROR_MESSAGE say what and why; mend it, then upload the file again or let the sweep find the task.").Queue;
        StackOutput.AddDeadLetters(parent, "Undelivered", _undelivered.QueueUrl);
        using var asset = FunctionAsset.Stage(props.FunctionsFolder, Catalog());
        _code = Code.FromAsset(asset.Folder);
        _undelivered.AdmitRules(runner.StackName);
        AddOnCommand();
        var (uploads, schedules, stopped) = (AddOnUpload(), AddOnSchedule(), AddOnTaskStopped());
        var ready = AddStoppedRule(stopped);
        Inbox[] inboxes = [uploads, schedules, stopped, _runner.Commands];
        AfterAll(ready, [_undelivered.Policy(), .. inboxes.SelectMany(inbox => inbox.Intake), .. WhatTasksNeed()]);
        AddUploadRules(uploads, ready);
        AddSchedules(schedules, ready);
        AddOnTick(AddOnBacklog(), ready);
    }

    /// <summary>
    /// What wakes somebody is made after what it wakes: an event in the midst of a deployment would find half of it.
    /// The rule for stopped tasks stands for all that has to work before any task may start, so the others wait for it.
    /// </summary>
    private static void AfterAll(CfnResource waker, params IEnumerable<IConstruct> needed) =>
        waker.Node.AddDependency([.. needed.Distinct()]);

    /// <summary>A run may start tasks of any job, because jobs submit and follow each other.</summary>
    private IEnumerable<IConstruct> WhatTasksNeed() =>
        [.. _jobs.SelectMany(job => job.Prerequisites), .. _runner.CapacityProviders];

    private JobCatalog Catalog() => new([.. _jobs.Select(job => job.Definition).OrderBy(job => job.Name, StringComparer.Ordinal)]);

    private void AddOnCommand()
    {
        var function = AddInboxFunction("OnCommand", _runner.Commands, DispatchTimeout);
        if (Submitters() is { Length: > 0 } submitters) function.Function.AddEnvironment(EnvironmentNames.Submitters, submitters);
    }

    /// <summary>Only these jobs' roles may send to the queue at all, so every other sender is a person or a program that IAM lets.</summary>
    private string Submitters() => string.Join(
        ',', _jobs.Where(job => job.Definition.Submits.Count > 0).Select(job => $"{job.TaskRole.RoleId}={job.Definition.Name}"));

    private Inbox AddOnUpload()
    {
        var inbox = AddInbox("Uploads", DispatchTimeout);
        AddInboxFunction("OnUpload", inbox, DispatchTimeout);
        return inbox;
    }

    private Inbox AddInbox(string id, Duration timeout)
    {
        var inbox = new Inbox(_parent, id, timeout, _runner.AlertRoom);
        inbox.Queue.AdmitRules(_runner.StackName);
        return inbox;
    }

    private void AddUploadRules(Inbox inbox, CfnRule ready)
    {
        foreach (var job in _jobs)
        {
            foreach (var trigger in job.Definition.Uploads)
            {
                AfterAll(AddUploadRule(job, trigger, inbox), [ready, .. job.Prerequisites]);
            }
        }
    }

    private CfnRule AddUploadRule(Job job, UploadTrigger trigger, Inbox inbox)
    {
        var target = Delivery.To("Inbox", inbox.Queue.QueueArn, _undelivered);
        target.InputTransformer = new CfnRule.InputTransformerProperty { InputTemplate = UploadPattern.Template(job.Definition.Name, trigger) };
        return Delivery.OnEvents(
            job,
            $"On {trigger.Name}",
            RuleName.Of(_runner.StackName, job.Definition.Name, $"On {trigger.Name}"),
            $"Uploads that start {job.Definition.Name}",
            UploadPattern.Matching(_runner.Bucket.BucketName, trigger),
            target);
    }

    private Inbox AddOnSchedule()
    {
        var inbox = AddInbox("Schedules", InboxTimeout);
        AddInboxFunction("OnSchedule", inbox, InboxTimeout);
        return inbox;
    }

    private void AddSchedules(Inbox inbox, CfnRule ready)
    {
        var delivery = new ScheduleDelivery(_parent, _runner, inbox.Queue, _undelivered);
        foreach (var job in _jobs)
        {
            foreach (var trigger in job.Definition.Schedules)
            {
                AfterAll(delivery.Add(job, trigger), [ready, .. job.Prerequisites]);
            }
        }
    }

    private Inbox AddOnTaskStopped()
    {
        var inbox = AddInbox("StoppedTasks", InboxTimeout);
        AddInboxFunction("OnTaskStopped", inbox, InboxTimeout);
        return inbox;
    }

    private CfnRule AddStoppedRule(Inbox inbox) => Delivery.OnEvents(
        _parent,
        "TaskStopped",
        RuleName.Own(_runner.StackName, "task-stopped"),
        "Ends of tasks",
        StoppedTasks(),
        Delivery.To("Inbox", inbox.Queue.QueueArn, _undelivered));

    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html</summary>
    private Dictionary<string, object> StoppedTasks() => new()
    {
        ["source"] = new[] { "aws.ecs" },
        ["detail-type"] = new[] { "ECS Task State Change" },
        ["detail"] = new Dictionary<string, object>
        {
            ["clusterArn"] = new[] { _runner.Cluster.ClusterArn },
            ["lastStatus"] = new[] { "STOPPED" },
        },
    };

    private BacklogWatch AddOnBacklog()
    {
        var function = AddFunction("OnBacklog", InboxMemoryMiB, BacklogWatch.Timeout, Environment());
        return new BacklogWatch(function, _runner, _permissions, [.. _jobs.Where(job => job.Backlog is not null)]);
    }

    private void AddOnTick(BacklogWatch backlogs, CfnRule ready)
    {
        var failed = new DeadLetters(_parent, "FailedTicks", _runner.AlertRoom, "OnTick failed. The next tick, a minute later, does its work too; if they go on failing, the log of OnTick says why. Purge the queue when it is mended.").Queue;
        StackOutput.AddDeadLetters(_parent, "FailedTicks", failed.QueueUrl);
        var onTick = AddFunction("OnTick", TickMemoryMiB, DispatchTimeout, Environment());
        Grant(onTick, [_permissions.FindUploads(), FunctionPermissions.Send("KeepFailedTicks", failed)]);
        StackOutput.Add(_parent, OutputNames.Tick, onTick.Function.FunctionName, "Sweeps each minute, and at once when it is invoked.");
        var async = new CfnEventInvokeConfig(onTick, "Async", new CfnEventInvokeConfigProps
        {
            FunctionName = onTick.Function.FunctionName,
            Qualifier = "$LATEST",
            MaximumRetryAttempts = 0,
            MaximumEventAgeInSeconds = TickLifetimeSeconds,
            DestinationConfig = new CfnEventInvokeConfig.DestinationConfigProperty
            {
                OnFailure = new CfnEventInvokeConfig.OnFailureProperty { Destination = failed.QueueArn },
            },
        });
        // Lambda refuses a destination that the role may not send to yet.
        async.Node.AddDependency(onTick.Role.Node.FindChild("DefaultPolicy"));
        _runner.AlertRoom.WhenLosing(onTick, onTick.Function, "A failed tick could not be kept in its dead-letter queue. Nothing is lost, the next tick does its work; check the queue's policy and that it exists.");
        var rule = AddTickRule(onTick.Function, backlogs, ready);
        AfterAll(rule, [async]);
        _runner.AlertRoom.WhenSilent(
            onTick, onTick.Function, rule, "OnTick has not run for five minutes: retries, timeouts and lost events wait for it. See that its rule is enabled and the function can start.");
    }

    private CfnRule AddTickRule(Function onTick, BacklogWatch backlogs, CfnRule ready)
    {
        Function[] functions = backlogs.IsNeeded ? [onTick, backlogs.Function] : [onTick];
        var targets = functions.Select(function => TickTarget(function)).ToArray();
        var name = RuleName.Own(_runner.StackName, "tick");
        var rule = Delivery.OnSchedule(_parent, "Tick", name, "Wakes the sweep", "rate(1 minute)", targets);
        AfterAll(rule, [ready, .. functions.Select(function => AdmitRule(function, name))]);

        if (backlogs.IsNeeded) backlogs.WatchItself(rule);
        return rule;
    }

    private IConstruct AdmitRule(Function function, string rule)
    {
        function.AddPermission(
            "Tick",
            new Permission
            {
                Principal = new ServicePrincipal("events.amazonaws.com"),
                SourceArn = Delivery.RuleArn(_parent, rule),
            });
        return function.Node.FindChild("Tick");
    }

    private CfnRule.TargetProperty TickTarget(Function function)
    {
        // Each function is the child of its construct, which has its name.
        var target = Delivery.To(function.Node.Scope!.Node.Id, function.FunctionArn, _undelivered);
        target.RetryPolicy = new CfnRule.RetryPolicyProperty { MaximumEventAgeInSeconds = TickLifetimeSeconds };
        return target;
    }

    private HandlerFunction AddInboxFunction(string handler, Inbox inbox, Duration timeout)
    {
        var environment = Environment();
        environment[EnvironmentNames.DeadLetterQueue] = inbox.DeadLetters.QueueUrl;
        var function = AddFunction(handler, InboxMemoryMiB, timeout, environment);
        Grant(function, [FunctionPermissions.Receive(inbox.Queue), FunctionPermissions.Send("KeepDeadLetters", inbox.DeadLetters)]);
        inbox.Feed(function.Function);
        return function;
    }

    private HandlerFunction AddFunction(string handler, int memoryMiB, Duration timeout, Dictionary<string, string> environment)
    {
        var function = new HandlerFunction(_parent, handler, _runner, _code, memoryMiB, timeout, environment);
        Grant(function, _permissions.MoveRuns());
        return function;
    }

    private static void Grant(HandlerFunction function, IEnumerable<PolicyStatement> statements)
    {
        foreach (var statement in statements) function.Role.AddToPrincipalPolicy(statement);
    }

    private Dictionary<string, string> Environment()
    {
        var environment = Places();
        environment[EnvironmentNames.LaunchBurst] = _rate.LaunchBurst.ToString(CultureInfo.InvariantCulture);
        environment[EnvironmentNames.LaunchesPerSecond] = _rate.LaunchesPerSecond.ToString(CultureInfo.InvariantCulture);
        if (_maxVcpus is { } vcpus) environment[EnvironmentNames.MaxVcpus] = vcpus.ToString(CultureInfo.InvariantCulture);
        return environment;
    }

    private Dictionary<string, string> Places() => new()
    {
        [EnvironmentNames.Stack] = _runner.StackName,
        [EnvironmentNames.RunsTable] = _runner.RunsTable.TableName,
        [EnvironmentNames.ResultsTable] = _runner.ResultsTable.TableName,
        [EnvironmentNames.Bucket] = _runner.Bucket.BucketName,
        [EnvironmentNames.Cluster] = _runner.Cluster.ClusterArn,
        [EnvironmentNames.Subnets] = _runner.Network.SubnetIds,
        [EnvironmentNames.SecurityGroups] = _runner.Network.SecurityGroup.SecurityGroupId,
        [EnvironmentNames.AssignPublicIp] = _runner.Network.AssignPublicIp,
        [EnvironmentNames.AlertTopic] = _runner.Alerts.TopicArn,
    };
}
