using System.Text.Json.Nodes;

namespace Lapstack.Tests.Ecs;

public sealed class SpotInterruptionTests
{
    [Fact]
    public async Task Interrupted_task_is_announced_while_it_runs_and_then_asked_to_stop()
    {
        await using var bench = new EcsBench();
        var arn = await bench.RunAsync("trap 'exit 75' TERM; echo up; while :; do sleep 0.05; done", OnSpot);
        await bench.UntilAsync(() => bench.Printed("up"));
        await bench.UntilStatusAsync("RUNNING");

        Assert.Equal(202, await bench.InterruptAsync(arn));
        var detail = await bench.UntilStatusAsync("STOPPED");

        var notice = bench.Events.Select(e => e["detail"]!).First(
            d => d["desiredStatus"]!.GetValue<string>() == "STOPPED");
        Assert.Equal("RUNNING", notice["lastStatus"]!.GetValue<string>());
        Assert.Equal("SpotInterruption", notice["stopCode"]!.GetValue<string>());
        Assert.Equal("Your Spot Task was interrupted.", notice["stoppedReason"]!.GetValue<string>());
        Assert.Equal("SpotInterruption", detail["stopCode"]!.GetValue<string>());
        Assert.Equal(75, detail["containers"]![0]!["exitCode"]!.GetValue<int>());
    }

    [Fact]
    public async Task Task_on_demand_cannot_be_interrupted()
    {
        await using var bench = new EcsBench();

        Assert.Equal(404, await bench.InterruptAsync(await bench.RunAsync("sleep 60")));
    }

    private static void OnSpot(JsonObject parameters)
    {
        parameters.Remove("launchType");
        parameters["capacityProviderStrategy"] = JsonNode.Parse("""[{"capacityProvider":"FARGATE_SPOT","weight":1}]""");
    }
}
