using System.Text.Json.Nodes;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Functions;
using Jobs.Functions.Events;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Functions;

public sealed class OnTaskStoppedTests
{
    private const string ExitOne = "ecs-task-stopped-fargate-exit1-runtask.json";

    private static readonly JobDefinition Job = TestPlane.Job();

    private readonly TestPlane _plane = new(Job);
    private readonly InMemoryDeadLetters _deadLetters = new();
    private readonly TestContext _context = new();

    /// <summary>
    /// Each sample with one of its containers as the worker, of an image with our host and of one without.
    /// </summary>
    [Theory]
    [InlineData("composed-ecs-task-stopped-fargate-cannotstart.json", "default", VerdictClass.ContainerNotStarted,
        VerdictClass.ContainerNotStarted)]
    [InlineData("composed-ecs-task-stopped-fargate-oom-stoppedreason.json", "default", VerdictClass.OutOfMemory,
        VerdictClass.OutOfMemory)]
    [InlineData("ecs-task-fargate-spot-interruption-snippet.json", "", VerdictClass.SpotInterruption,
        VerdictClass.SpotInterruption)]
    [InlineData("ecs-task-fargate-spot-termination-notice-snippet.json", "", VerdictClass.SpotInterruption,
        VerdictClass.SpotInterruption)]
    [InlineData("ecs-task-stopped-ec2-exit0-2018-no-stopcode.json", "example-ecs-events", VerdictClass.NoResult,
        VerdictClass.Succeeded)]
    [InlineData("ecs-task-stopped-ec2-userinitiated.json", "Webapp", VerdictClass.StoppedByHand,
        VerdictClass.StoppedByHand)]
    [InlineData("ecs-task-stopped-fargate-exit0-batch-overrides.json", "default", VerdictClass.NoResult,
        VerdictClass.Succeeded)]
    [InlineData(ExitOne, "main", VerdictClass.ExitedNonZero, VerdictClass.ExitedNonZero)]
    [InlineData("ecs-task-stopped-fargate-scheduler-elb-health-exit143.json", "web", VerdictClass.HostRetired,
        VerdictClass.HostRetired)]
    [InlineData("ecs-task-stopped-fargate-sidecar-app-exit2.json", "app", VerdictClass.ExitedNonZero,
        VerdictClass.ExitedNonZero)]
    [InlineData("ecs-task-stopped-fargate-sidecar-app-exit2.json", "envoy", VerdictClass.NoResult,
        VerdictClass.Succeeded)]
    // No container of the task is the worker: no exit code, not success.
    [InlineData("ecs-task-stopped-fargate-exit0-batch-overrides.json", "", VerdictClass.NoExitCode,
        VerdictClass.NoExitCode)]
    // Not stopped yet, so these say nothing about an end.
    [InlineData("ecs-task-running-ec2-container-stopped-2016.json", "xray", VerdictClass.NoResult,
        VerdictClass.Succeeded)]
    [InlineData("ecs-task-pending-ec2-2016-two-containers.json", "test", VerdictClass.NoExitCode,
        VerdictClass.NoExitCode)]
    [InlineData("ecs-task-running-fargate-env-override.json", "FargateApp", VerdictClass.NoExitCode,
        VerdictClass.NoExitCode)]
    [InlineData("ecs-task-running-fargate-four-containers.json", "cdp-demo-test-15", VerdictClass.NoExitCode,
        VerdictClass.NoExitCode)]
    [InlineData("ecs-task-running-fargate-runtask.json", "FargateApp", VerdictClass.NoExitCode,
        VerdictClass.NoExitCode)]
    public void Sample_event_is_read_and_classified(
        string file, string worker, VerdictClass withHost, VerdictClass without)
    {
        var body = Event(file, worker);
        var task = MessageBody.Read(body, MessageJson.Default.TaskStateChange, "ECS's event")
            .RequireDetail()
            .Observe(body);

        Assert.Equal(withHost, TaskVerdicts.Classify(new StoppedTask(task, null, null, HasHost: true)).Class);
        Assert.Equal(without, TaskVerdicts.Classify(new StoppedTask(task, null, null, HasHost: false)).Class);
        Assert.Equal(body, task.Description);
    }

    [Fact]
    public void Times_are_read_whatever_their_digits()
    {
        var body = Event(ExitOne, "main");

        var task = MessageBody.Read(body, MessageJson.Default.TaskStateChange, "ECS's event")
            .RequireDetail()
            .Observe(body);

        Assert.Equal(DateTimeOffset.Parse("2020-08-14T18:06:20.694Z", null), task.StartedAt);
        Assert.NotNull(task.StoppedAt);
    }

    [Fact]
    public async Task Stopped_task_of_a_run_ends_its_attempt_and_its_event_is_kept()
    {
        await _plane.SubmitAsync(Job);
        var run = _plane.Run(Job);
        var body = Event(ExitOne, "main", run.LaunchId.ToString(), run.TaskArn);

        Assert.Empty(TestContext.Failures(await InvokeAsync(body)));

        Assert.Equal((RunState.Starting, 2), (_plane.Run(Job).State, _plane.Run(Job).Attempt));
        var attempt = Assert.Single(await _plane.Store.AttemptsAsync(run.Id, CancellationToken.None));
        Assert.Equal((1, body), (attempt.ExitCode, attempt.Ecs));
        Assert.Contains($"Run {run.Id} is Starting", _context.Lines, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ecs-task-stopped-ec2-userinitiated.json", "is not a run's")]
    [InlineData("ecs-task-stopped-fargate-scheduler-elb-health-exit143.json", "is not a run's")]
    [InlineData("ecs-task-stopped-fargate-exit0-batch-overrides.json", "is not a run's")]
    [InlineData("ecs-task-running-fargate-four-containers.json", "is RUNNING, not stopped")]
    [InlineData("ecs-task-fargate-spot-interruption-snippet.json", "is RUNNING, not stopped")]
    [InlineData("ecs-task-pending-ec2-2016-two-containers.json", "is PENDING, not stopped")]
    public async Task Task_that_no_run_started_or_that_is_still_alive_is_ignored(string file, string said)
    {
        var response = await InvokeAsync(SampleEvents.Read(file).ToJsonString());

        Assert.Empty(TestContext.Failures(response));
        Assert.Empty(_deadLetters.Sent);
        Assert.Empty(_plane.Store.Calls);
        Assert.Contains(said, _context.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_that_this_stack_does_not_have_is_ignored()
    {
        var response = await InvokeAsync(Event(ExitOne, "main", $"{RunId.From("line-count", "gone")}/1"));

        Assert.Empty(TestContext.Failures(response));
        Assert.Contains("which this stack does not have", _context.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_of_another_kind_goes_to_the_dead_letters()
    {
        await InvokeAsync(SampleEvents.Read("ecs-deployment-failed.json").ToJsonString(), "not json");

        Assert.Equal(2, _deadLetters.Sent.Count);
        Assert.Contains("ECS Deployment State Change", _deadLetters.Sent.First().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    public async Task End_of_a_task_whose_containers_are_missing_is_not_lost(string containers)
    {
        await _plane.SubmitAsync(Job);
        var launch = _plane.Run(Job).LaunchId;
        var node = JsonNode.Parse(Event(ExitOne, "main", launch.ToString(), _plane.TaskOf(_plane.Run(Job)).TaskArn))!;
        node["detail"]!["containers"] = JsonNode.Parse(containers);

        Assert.Empty(TestContext.Failures(await InvokeAsync(node.ToJsonString())));

        Assert.Equal(2, _plane.Run(Job).Launch);
    }

    [Fact]
    public async Task Store_that_fails_returns_the_message()
    {
        await _plane.SubmitAsync(Job);
        _plane.Faults.Before = call =>
            { if (call == "ReadAsync") throw new HttpRequestException("DynamoDB is away."); };

        var response = await InvokeAsync(Event(ExitOne, "main", _plane.Run(Job).LaunchId.ToString()));

        Assert.Equal(["m0"], TestContext.Failures(response));
    }

    private static string Event(string file, string worker, string? startedBy = null, string? taskArn = null)
    {
        var node = SampleEvents.Read(file);
        var detail = node["detail"]!.AsObject();
        foreach (var container in detail["containers"]?.AsArray() ?? [])
        {
            if (container!["name"]!.GetValue<string>() == worker) container["name"] = "worker";
        }

        if (startedBy is not null) detail["startedBy"] = startedBy;
        if (taskArn is not null) detail["taskArn"] = taskArn;
        return node.ToJsonString();
    }

    private Task<SQSBatchResponse> InvokeAsync(params IEnumerable<string> bodies) =>
        new OnTaskStoppedFunction(new Inbox(_deadLetters, _plane.Clock), _plane.Engine, _plane.Dispatcher, _plane.Clock)
            .OnTaskStopped(TestContext.Batch(bodies), _context);
}
