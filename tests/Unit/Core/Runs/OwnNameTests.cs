using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>A worker that could not learn its ARN claims under a name of its own, which no event of ECS has.</summary>
public sealed class OwnNameTests
{
    private const string Task = "arn:aws:ecs:us-east-1:000000000000:task/jobs/1";

    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static Run Submitted { get; } =
        RunLifecycle.Submit(RunId.From("csv-import", "one"), "test", RunPolicy.Of(new JobDefinition("csv-import")), "{}", Now);

    private static Run Accepted { get; } = RunLifecycle.Apply(Submitted, new Fact.LaunchAccepted(1, Task), Now);

    [Fact]
    public void Claim_under_an_own_name_leaves_the_run_its_task()
    {
        var running = RunLifecycle.Apply(Accepted, new Fact.TaskClaimed(1, "container:worker", Now), Now);

        Assert.Equal((RunState.Running, Task), (running.State, running.TaskArn));
    }

    [Fact]
    public void Claim_under_an_own_name_waits_for_the_answer_to_the_launch() =>
        Assert.Same(Submitted, RunLifecycle.Apply(Submitted, new Fact.TaskClaimed(1, "process:host:1", Now), Now));

    [Fact]
    public void End_of_the_task_counts_although_the_claim_does_not_name_it()
    {
        var worker = new WorkerRecord(1, "container:worker", Now) { ResultJson = "1" };

        var ended = RunLifecycle.Apply(Accepted, new Fact.TaskStopped(1, new TaskObservation(Task), worker), Now);

        Assert.Equal(RunState.Succeeded, ended.State);
    }
}
