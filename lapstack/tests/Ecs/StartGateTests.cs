using System.Text.Json.Nodes;

namespace Lapstack.Tests.Ecs;

/// <summary>How many tasks are in their first seconds at once.</summary>
public sealed class StartGateTests
{
    private const string Forever = "echo up; trap 'exit 0' TERM; while :; do sleep 0.05; done";

    [Fact]
    public async Task A_task_waits_until_the_first_seconds_of_another_are_over()
    {
        await using var bench = new EcsBench(places: 1);
        await bench.RunAsync(Forever);
        await bench.UntilStatusAsync("RUNNING");
        var begin = bench.Clock.GetUtcNow();

        await bench.RunAsync(Forever);
        await bench.UntilAsync(() => Running(bench) == 2);

        Assert.True(bench.Clock.GetUtcNow() - begin > TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_task_that_ends_makes_way_at_once()
    {
        await using var bench = new EcsBench(places: 1);
        for (var i = 0; i < 5; i++) await bench.RunAsync("exit 0");

        await bench.UntilAsync(() => Status(bench, "STOPPED") == 5);

        Assert.Equal(5, Running(bench));
    }

    [Fact]
    public async Task A_task_that_waits_can_be_stopped()
    {
        await using var bench = new EcsBench(places: 1);
        await bench.RunAsync(Forever);
        await bench.UntilStatusAsync("RUNNING");
        var waiting = await bench.RunAsync(Forever);

        await bench.CallAsync("StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = waiting });
        var stopped = await bench.UntilStatusAsync("STOPPED");

        Assert.Equal(waiting, $"{stopped["taskArn"]}");
        Assert.False(stopped.AsObject().ContainsKey("startedAt"));
    }

    private static int Running(EcsBench bench) => Status(bench, "RUNNING");

    private static int Status(EcsBench bench, string status) => bench.Events
        .Select(e => e["detail"]!)
        .Where(d => $"{d["lastStatus"]}" == status)
        .Select(d => $"{d["taskArn"]}")
        .Distinct()
        .Count();
}
