using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Commons;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Queues;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Functions;

/// <summary>The functions, what wakes them, and where goes what they could not do.</summary>
internal sealed class FunctionSet
{
    private readonly Construct _parent;
    private readonly Shared _shared;
    private readonly IReadOnlyList<Job> _jobs;
    private readonly Queue _undelivered;

    /// <param name="parent">Where all of it is.</param>
    /// <param name="build">What is deployed.</param>
    /// <param name="jobs">All of them, and all valid.</param>
    public FunctionSet(
        Construct parent, Shared shared, JobRunnerProps props, FunctionBuild build, IReadOnlyList<Job> jobs)
    {
        (_parent, _shared, _jobs) = (parent, shared, jobs);
        _undelivered = AddUndelivered();
        using var asset = FunctionAsset.Stage(build, Catalog());
        var code = new FunctionCode(build.Runtime, build.Handler, Code.FromAsset(asset.Folder));
        AddFunctions(new FunctionFactory(parent, shared, props, code));
    }

    private Queue AddUndelivered()
    {
        const string Id = "Undelivered";
        var queue = new DeadLetters(
            _parent,
            Id,
            _shared.Alerts,
            "EventBridge could not hand on an event. The message's attributes RULE_ARN and ERROR_MESSAGE say what and " +
            "why; mend it, then upload the file or send the event again, or let the sweep find the task.").Queue;
        StackOutput.AddDeadLetters(_parent, Id, queue.QueueUrl);
        queue.AdmitRules(_shared.StackName, OnEvent.ListensOnNamedBuses(_jobs));
        return queue;
    }

    private JobCatalog Catalog() =>
        new([.. _jobs.Select(job => job.Definition).OrderBy(job => job.Name, StringComparer.Ordinal)]);

    private void AddFunctions(FunctionFactory functions)
    {
        OnCommand.Add(functions, _shared.Commands, _jobs);
        var uploads = new OnUpload(functions, _shared.Buckets, _undelivered);
        var events = OnEvent.IsNeeded(_jobs) ? new OnEvent(functions, _undelivered, _jobs) : null;
        var schedules = new OnSchedule(_parent, functions, _undelivered);
        var ready = AddReady(
            new OnTaskStopped(functions),
            [uploads.Inbox, .. events is null ? Array.Empty<Inbox>() : [events.Inbox], schedules.Inbox]);
        uploads.AddRules(_shared.StackName, _jobs, ready);
        events?.AddRules(_shared.StackName, ready);
        schedules.AddSchedules(_jobs, ready);
        AddTick(functions, ready);
    }

    /// <summary>
    /// The rule for stopped tasks, which stands for all that has to work before any task may start: what starts tasks
    /// waits for it.
    /// </summary>
    private CfnRule AddReady(OnTaskStopped stopped, params IEnumerable<Inbox> others)
    {
        var ready = stopped.AddRule(_parent, _shared.StackName, _shared.Compute, _undelivered);
        Inbox[] inboxes = [.. others, stopped.Inbox, _shared.Commands];
        ready.AfterAll([_undelivered.Policy(), .. inboxes.SelectMany(inbox => inbox.Intake), .. WhatTasksNeed()]);
        return ready;
    }

    /// <summary>A run may start tasks of any job, because jobs submit and follow each other.</summary>
    private IEnumerable<IConstruct> WhatTasksNeed() =>
        [.. _jobs.SelectMany(job => job.Prerequisites), .. _shared.Compute.CapacityProviders];

    private void AddTick(FunctionFactory functions, CfnRule ready)
    {
        var backlog = new OnBacklog(functions, _shared.Alerts, _shared.Commands.Queue, _jobs);
        var tick = new OnTick(_parent, functions, _shared, _jobs.Select(job => job.Definition));
        Function[] woken = backlog.IsNeeded ? [tick.Function, backlog.Function] : [tick.Function];
        var rule = new TickRule(_parent, _shared.StackName, _undelivered).Add(woken, ready);
        rule.AfterAll(tick.Invocation);
        tick.WatchItself();
        if (backlog.IsNeeded) backlog.WatchItself();
    }
}
