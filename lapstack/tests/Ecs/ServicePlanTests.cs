using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Scheduling;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Tests.Ecs;

/// <summary>What the service scheduler decides, by ECS's documented rules.</summary>
public sealed class ServicePlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Desired count, percentages, running of the new deployment and of the old: what is started, what is stopped.
    /// </summary>
    [Theory]
    [InlineData(4, 100, 200, 0, 4, 4, 0)] // Twice as many fit; none may go before one has come.
    [InlineData(4, 100, 200, 1, 4, 3, 1)]
    [InlineData(4, 100, 200, 4, 1, 0, 1)]
    [InlineData(4, 50, 100, 0, 4, 0, 2)] // No capacity: first half of the old go.
    [InlineData(4, 50, 100, 0, 2, 2, 0)]
    [InlineData(3, 50, 150, 0, 3, 1, 1)] // 150 % of 3 is 4, rounded down; 50 % is 2, rounded up.
    [InlineData(1, 0, 100, 0, 1, 0, 1)]
    [InlineData(1, 100, 200, 0, 1, 1, 0)]
    [InlineData(0, 100, 200, 0, 2, 0, 2)]
    public void Rolling_update_stays_within_the_percentages(
        int desired, int minimum, int maximum, int fresh, int old, int start, int stop)
    {
        var service = Service(desired, minimum, maximum);

        var plan = ServicePlan.Of(service, [.. Tasks("new", fresh), .. Tasks("old", old)], _ => false);

        Assert.Equal((start, stop, false), (plan.Start, plan.Stop.Count, plan.IsSteady));
        Assert.All(plan.Stop, id => Assert.StartsWith("old", id, StringComparison.Ordinal));
    }

    [Fact]
    public void Scale_in_takes_what_does_not_run_yet_then_the_youngest_and_never_what_is_protected()
    {
        List<TaskRecord> tasks = [.. Tasks("new", 3), Task("new-pending", 3, "new", TaskState.Pending)];

        Assert.Equal(["new-pending", "new-2"], ServicePlan.Of(Service(2), tasks, _ => false).Stop);
        Assert.Equal(["new-pending", "new-1"], ServicePlan.Of(Service(2), tasks, id => id == "new-2").Stop);
        Assert.Equal(["new-pending"], ServicePlan.Of(Service(0), tasks, id => id != "new-pending").Stop);
    }

    [Fact]
    public void Protected_task_of_an_old_deployment_is_left_and_counts_for_the_maximum()
    {
        var plan = ServicePlan.Of(Service(1, 100, 200), [.. Tasks("new", 1), .. Tasks("old", 1)], id => id == "old-0");
        Assert.Equal((0, 0, false), (plan.Start, plan.Stop.Count, plan.IsSteady));

        plan = ServicePlan.Of(Service(2, 100, 100), [.. Tasks("new", 1), .. Tasks("old", 1)], id => id == "old-0");
        Assert.Equal((0, 0), (plan.Start, plan.Stop.Count));
    }

    [Fact]
    public void Failed_deployment_starts_nothing_and_leaves_what_ran_before()
    {
        var service = Service(2).WithPrimary(d => d with { RolloutState = RolloutState.Failed });

        var plan = ServicePlan.Of(service, Tasks("old", 2), _ => false);

        Assert.Equal((0, 0), (plan.Start, plan.Stop.Count));
    }

    [Fact]
    public void Service_is_steady_when_all_it_wants_runs_and_nothing_else()
    {
        Assert.True(ServicePlan.Of(Service(2), Tasks("new", 2), _ => false).IsSteady);
        Assert.True(ServicePlan.Of(Service(1), Tasks("new", 2), _ => true).IsSteady);
        Assert.False(
            ServicePlan.Of(
                Service(2), [.. Tasks("new", 1), Task("new-1", 1, "new", TaskState.Activating)], _ => false).IsSteady);
        Assert.False(ServicePlan.Of(Service(1), Tasks("new", 2), _ => false).IsSteady);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(11, 1024)]
    [InlineData(12, 27 * 60)]
    [InlineData(1000, 27 * 60)]
    public void Pause_after_failed_starts_grows_up_to_27_minutes(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), StartBackoff.After(failures));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(25, 13)]
    [InlineData(400, 200)]
    [InlineData(800, 200)]
    public void Circuit_breaker_needs_half_the_desired_count_three_at_least_and_200_at_most(
        int desired, int threshold) =>
        Assert.Equal(threshold, StartBackoff.BreakerThreshold(desired));

    [Fact]
    public void Deployment_whose_tasks_do_not_start_is_rolled_back_to_the_last_that_did()
    {
        var service = Service(1, breaker: true).WithPrimary(
            d => d with { FailedTasks = 3 }) with
        { LastGoodDefinition = "good:1" };

        var (rolled, said) = Rollout.Advance(service, new ServicePlan(0, [], false), [], () => "back", Start);

        Assert.Equal(["back", "new"], rolled.Deployments.Select(d => d.Id));
        Assert.Equal(
            ("good:1", RolloutState.InProgress, RolloutState.Failed),
            (rolled.Primary.DefinitionArn, rolled.Primary.RolloutState, rolled.Deployments[1].RolloutState));
        Assert.Equal(
            [
                "(deployment new) deployment failed: tasks failed to start.",
                "(deployment new) rolling back to deployment back.",
            ],
            said);
    }

    private static ServiceRecord Service(int desired, int minimum = 100, int maximum = 200, bool breaker = false) =>
        new()
        {
            Name = "drain",
            Arn = "service",
            ClusterArn = "cluster",
            Settings = new JsonObject
            {
                ["deploymentConfiguration"] = new JsonObject
                {
                    ["minimumHealthyPercent"] = minimum,
                    ["maximumPercent"] = maximum,
                    ["deploymentCircuitBreaker"] = new JsonObject { ["enable"] = breaker, ["rollback"] = breaker },
                },
            },
            DesiredCount = desired,
            CreatedAt = Start,
            Deployments = [new Deployment("new", "definition:2", Start)],
        };

    private static List<TaskRecord> Tasks(string deployment, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Task($"{deployment}-{i}", i, deployment, TaskState.Running))];

    private static TaskRecord Task(string id, int age, string deployment, string status) => new()
    {
        Id = id,
        Arn = id,
        ClusterArn = "cluster",
        DefinitionArn = "definition:1",
        Group = "service:drain",
        Cpu = 256,
        MemoryMiB = 512,
        StorageGiB = 20,
        Overrides = [],
        StartedBy = deployment,
        Architecture = "X86_64",
        Tags = [],
        Network = new NetworkInterface("a", "b", "c", "d"),
        Containers = [],
        LastStatus = status,
        CreatedAt = Start.AddSeconds(age),
    };
}
