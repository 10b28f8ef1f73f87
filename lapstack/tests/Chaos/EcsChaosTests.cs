using System.Text.Json.Nodes;
using Lapstack.Tests.Ecs;
using Lapstack.Wire;

namespace Lapstack.Tests.Chaos;

public sealed class EcsChaosTests
{
    [Fact]
    public async Task Throttle_comes_in_all_three_forms_and_starts_nothing()
    {
        await using var bench = new EcsBench(chaos: new() { Throttle = 1 });

        var forms = new HashSet<string>();
        for (var i = 0; i < 40; i++) forms.Add(await RefusalAsync(bench));

        Assert.Equal(
            ["ClientException: Rate exceeded", "ThrottlingException: Rate exceeded", "failures[]: Rate exceeded"],
            forms.Order(StringComparer.Ordinal));
        Assert.Empty(bench.Events);
    }

    [Fact]
    public async Task Capacity_is_refused_in_failures_for_want_of_it_or_of_quota()
    {
        await using var bench = new EcsBench(chaos: new() { Capacity = 1 });

        var forms = new HashSet<string>();
        for (var i = 0; i < 40; i++) forms.Add(await RefusalAsync(bench));

        Assert.Equal(2, forms.Count);
        Assert.Contains(
            forms,
            form => form.StartsWith("failures[]: Capacity is unavailable at this time.", StringComparison.Ordinal));
        Assert.Contains("failures[]: You've reached the limit on the number of vCPUs you can run concurrently", forms);
        Assert.Empty(bench.Events);
    }

    [Fact]
    public async Task Share_between_never_and_always_chaos_now_and_then()
    {
        await using var bench = new EcsBench(chaos: new() { Capacity = 0.5 });

        var refused = 0;
        for (var i = 0; i < 60; i++)
        {
            if (await RefusalAsync(bench) != "none") refused++;
        }

        Assert.InRange(refused, 15, 45);
    }

    [Fact]
    public async Task Lost_answer_leaves_a_task_that_the_same_token_would_find()
    {
        await using var bench = new EcsBench(chaos: new() { LostAnswer = 1 });

        var parameters = EcsBench.Parameters("exit 0", p => p["clientToken"] = "one");
        await Assert.ThrowsAsync<AnswerLostException>(() => bench.CallAsync("RunTask", parameters));
        await Assert.ThrowsAsync<AnswerLostException>(() => bench.CallAsync("RunTask", parameters));

        await bench.UntilStatusAsync("STOPPED");
        Assert.Single(bench.Events.Select(e => (string?)e["detail"]!["taskArn"]).Distinct());
    }

    [Fact]
    public async Task Spot_task_is_interrupted_in_mid_run_and_may_end_in_peace()
    {
        await using var bench = new EcsBench(chaos: new() { Spot = 1 });
        await bench.RunAsync("trap 'exit 75' TERM; echo up; while :; do sleep 0.05; done", OnSpot);
        await bench.UntilAsync(() => bench.Printed("up"), TimeSpan.FromMilliseconds(1));

        var detail = await bench.UntilStatusAsync("STOPPED");

        Assert.Equal(
            ("SpotInterruption", 75), ((string?)detail["stopCode"], (int?)detail["containers"]![0]!["exitCode"]));
    }

    [Fact]
    public async Task Task_on_demand_knows_no_spot()
    {
        await using var bench = new EcsBench(chaos: new() { Spot = 1 });

        var detail = await bench.RunToEndAsync("sleep 0.3");

        Assert.Equal(
            ("EssentialContainerExited", 0),
            ((string?)detail["stopCode"], (int?)detail["containers"]![0]!["exitCode"]));
    }

    [Fact]
    public async Task Killed_task_ends_with_137_and_no_word()
    {
        await using var bench = new EcsBench(chaos: new() { Kill = 1 });

        var detail = await bench.RunToEndAsync("trap '' TERM; sleep 60");

        Assert.Equal(
            ("EssentialContainerExited", 137),
            ((string?)detail["stopCode"], (int?)detail["containers"]![0]!["exitCode"]));
    }

    [Fact]
    public async Task Dropped_end_is_not_announced_but_described()
    {
        await using var bench = new EcsBench(chaos: new() { DropStopped = 1 });
        var arn = await bench.RunAsync("exit 0");

        await bench.UntilStatusAsync("DEPROVISIONING");
        JsonNode? described = null;
        await bench.UntilAsync(() => (string?)(described = Describe(bench, arn))["lastStatus"] == "STOPPED");

        Assert.DoesNotContain(bench.Events, e => (string?)e["detail"]!["lastStatus"] == "STOPPED");
    }

    private static JsonNode Describe(EcsBench bench, string arn) =>
        bench.CallAsync("DescribeTasks", new JsonObject { ["cluster"] = "jobs", ["tasks"] = new JsonArray(arn) })
            .GetAwaiter()
            .GetResult()["tasks"]![0]!;

    /// <summary>How RunTask was refused; none when it was not.</summary>
    private static async Task<string> RefusalAsync(EcsBench bench)
    {
        try
        {
            var answer = await bench.CallAsync("RunTask", EcsBench.Parameters("exit 0"));
            return answer["failures"]!.AsArray() is [var failure] ? $"failures[]: {failure!["reason"]}" : "none";
        }
        catch (ServiceError refused)
        {
            return $"{refused.Code}: {refused.Message}";
        }
    }

    private static void OnSpot(JsonObject parameters)
    {
        parameters.Remove("launchType");
        parameters["capacityProviderStrategy"] = JsonNode.Parse("""[{"capacityProvider":"FARGATE_SPOT","weight":1}]""");
    }
}
