using System.Text.Json.Nodes;

namespace Lapstack.Tests.Ecs;

public sealed class TaskLifecycleTests
{
    [Fact]
    public async Task Task_passes_through_every_state_and_announces_each()
    {
        await using var bench = new EcsBench();

        await bench.RunToEndAsync("exit 0");

        var details = bench.Events.Select(e => e["detail"]!).ToList();
        Assert.Equal(
            [
                "PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING",
                "STOPPED",
            ],
            details.Select(d => d["lastStatus"]!.GetValue<string>()).Distinct());
        var versions = details.Select(d => d["version"]!.GetValue<long>()).ToList();
        Assert.Equal(versions.Distinct().Order(), versions);
    }

    [Fact]
    public async Task Stopped_event_has_the_members_of_a_recorded_one()
    {
        await using var bench = new EcsBench();

        var detail = await bench.RunToEndAsync("exit 3", p => p["startedBy"] = "line-count/1");

        var envelope = bench.Events.Last();
        Assert.Equal("ECS Task State Change", envelope["detail-type"]!.GetValue<string>());
        Assert.Equal(detail["taskArn"]!.GetValue<string>(), envelope["resources"]![0]!.GetValue<string>());
        Assert.Equal(
            ["attachments", "attributes", "availabilityZone", "clusterArn", "connectivity", "connectivityAt",
                "containers", "cpu", "createdAt",
             "desiredStatus", "enableExecuteCommand", "ephemeralStorage", "executionStoppedAt", "group", "lastStatus",
             "launchType", "memory",
             "overrides", "platformVersion", "pullStartedAt", "pullStoppedAt", "startedAt", "startedBy", "stopCode",
             "stoppedAt", "stoppedReason",
             "stoppingAt", "taskArn", "taskDefinitionArn", "updatedAt", "version"],
            detail.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal("EssentialContainerExited", detail["stopCode"]!.GetValue<string>());
        Assert.Equal("Essential container in task exited", detail["stoppedReason"]!.GetValue<string>());
        Assert.Equal("family:line-count", detail["group"]!.GetValue<string>());
        Assert.Equal("line-count/1", detail["startedBy"]!.GetValue<string>());
        var container = Assert.Single(detail["containers"]!.AsArray())!;
        Assert.Equal(
            [
                "containerArn", "cpu", "exitCode", "image", "imageDigest", "lastStatus", "name", "networkInterfaces",
                "runtimeId", "taskArn",
            ],
            container.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal(3, container["exitCode"]!.GetValue<int>());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", detail["stoppedAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_has_not_happened_is_absent_from_the_event()
    {
        await using var bench = new EcsBench();
        await bench.RunAsync("sleep 60");

        var running = await bench.UntilStatusAsync("RUNNING");

        foreach (var later in new[] { "stoppedAt", "stoppingAt", "executionStoppedAt", "stopCode", "stoppedReason" })
        {
            Assert.Null(running[later]);
        }

        Assert.False(running["containers"]![0]!.AsObject().ContainsKey("exitCode"));
    }

    [Fact]
    public async Task Deprovisioning_has_the_exit_code_and_no_end()
    {
        await using var bench = new EcsBench();
        await bench.RunToEndAsync("exit 4");

        var deprovisioning = await bench.UntilStatusAsync("DEPROVISIONING");

        Assert.Equal(4, deprovisioning["containers"]![0]!["exitCode"]!.GetValue<int>());
        Assert.False(deprovisioning.AsObject().ContainsKey("stoppedAt"));
        Assert.True(deprovisioning.AsObject().ContainsKey("executionStoppedAt"));
    }

    [Fact]
    public async Task Container_sees_definition_override_and_image_variables_in_that_order_of_strength()
    {
        await using var bench = new EcsBench();

        await bench.RunToEndAsync("echo $GREETING $PLACE $FROM_IMAGE $AWS_EXECUTION_ENV $AWS_REGION", p =>
            p["overrides"]!["containerOverrides"]![0]!["environment"]!.AsArray()
                .Add(new JsonObject { ["name"] = "PLACE", ["value"] = "moon" }));

        Assert.Contains("hello moon yes AWS_ECS_FARGATE us-east-1", bench.Lines());
    }

    [Fact]
    public async Task Container_is_told_its_heap_limit_below_its_memory()
    {
        await using var bench = new EcsBench();

        await bench.RunToEndAsync("echo $DOTNET_GCHeapHardLimit");

        Assert.Contains(((long)(512L * 1024 * 1024 * 0.9)).ToString("X", null), bench.Lines());
    }

    [Fact]
    public async Task Output_is_in_the_stream_of_prefix_container_and_task()
    {
        await using var bench = new EcsBench();

        var detail = await bench.RunToEndAsync("echo counted");

        var task = detail["taskArn"]!.GetValue<string>().Split('/')[^1];
        Assert.Equal("counted", Assert.Single(bench.Logs.Find("/jobs")!.Find($"run/worker/{task}")!.Read()).Message);
    }

    [Fact]
    public async Task Stopped_by_a_user_the_container_gets_a_signal_it_can_answer()
    {
        await using var bench = new EcsBench();
        var arn = await bench.RunAsync("trap 'echo bye; exit 75' TERM; echo up; while :; do sleep 0.05; done");
        await bench.UntilAsync(() => bench.Printed("up"));
        await bench.UntilStatusAsync("RUNNING");

        var answer = await bench.CallAsync(
            "StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = arn, ["reason"] = "cancelled" });
        Assert.Equal("STOPPED", answer["task"]!["desiredStatus"]!.GetValue<string>());
        Assert.Equal("RUNNING", answer["task"]!["lastStatus"]!.GetValue<string>());
        var detail = await bench.UntilStatusAsync("STOPPED");

        Assert.Equal("UserInitiated", detail["stopCode"]!.GetValue<string>());
        Assert.Equal("cancelled", detail["stoppedReason"]!.GetValue<string>());
        Assert.Equal(75, detail["containers"]![0]!["exitCode"]!.GetValue<int>());
        Assert.True(bench.Printed("bye"));
    }

    [Fact]
    public async Task Container_that_ignores_the_signal_is_killed_after_its_stop_timeout()
    {
        await using var bench = new EcsBench(
            EcsBench.Definition(d => d["containerDefinitions"]![0]!["stopTimeout"] = 60));
        var arn = await bench.RunAsync("trap '' TERM; echo up; while :; do sleep 0.05; done");
        await bench.UntilAsync(() => bench.Printed("up"));
        await bench.UntilStatusAsync("RUNNING");

        await bench.CallAsync("StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = arn });
        var stopping = await bench.UntilStatusAsync("STOPPING");
        await bench.UntilAsync(
            () => bench.Events.Any(e => e["detail"]!["lastStatus"]!.GetValue<string>() == "STOPPED"),
            TimeSpan.FromSeconds(1));
        var detail = await bench.UntilStatusAsync("STOPPED");

        Assert.Equal(137, detail["containers"]![0]!["exitCode"]!.GetValue<int>());
        Assert.False(detail["containers"]![0]!.AsObject().ContainsKey("reason"));
        Assert.True(Time(detail, "executionStoppedAt") - Time(stopping, "updatedAt") >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Task_of_another_size_has_it_everywhere()
    {
        await using var bench = new EcsBench();

        var detail = await bench.RunToEndAsync("echo $DOTNET_GCHeapHardLimit", p => Resize(p, "512", "3072"));

        Assert.Equal(("512", "3072"), (detail["cpu"]!.GetValue<string>(), detail["memory"]!.GetValue<string>()));
        Assert.Equal(
            ("512", "3072"),
            (detail["overrides"]!["cpu"]!.GetValue<string>(), detail["overrides"]!["memory"]!.GetValue<string>()));
        Assert.Contains(((long)(3_072L * 1024 * 1024 * 0.9)).ToString("X", null), bench.Lines());
        var described = await bench.CallAsync(
            "DescribeTasks",
            new JsonObject { ["cluster"] = "jobs", ["tasks"] = new JsonArray(detail["taskArn"]!.GetValue<string>()) });
        Assert.Equal("3072", described["tasks"]![0]!["memory"]!.GetValue<string>());
    }

    [Fact]
    public async Task Container_of_another_size_has_it_everywhere()
    {
        await using var bench = new EcsBench();

        var detail = await bench.RunToEndAsync(
            "echo $DOTNET_GCHeapHardLimit", p => Resize(p, "256", "1024", container: 700));

        Assert.Equal(
            ("128", "700"),
            (
                detail["containers"]![0]!["cpu"]!.GetValue<string>(),
                detail["containers"]![0]!["memory"]!.GetValue<string>()));
        Assert.Contains(((long)(700L * 1024 * 1024 * 0.9)).ToString("X", null), bench.Lines());
    }

    // The same script is killed with 30 MiB, by the test below.
    [Fact]
    public async Task Container_that_is_given_more_memory_than_it_is_defined_with_may_use_it()
    {
        await using var bench = new EcsBench(EcsBench.Definition(d => d["containerDefinitions"]![0]!["memory"] = 30));

        var detail = await bench.RunToEndAsync(
            "head -c 60000000 /dev/zero | tail -c 60000000 | wc -c", p => Resize(p, "256", "512", container: 500));

        Assert.Equal(0, detail["containers"]![0]!["exitCode"]!.GetValue<int>());
        Assert.Contains("60000000", bench.Lines());
    }

    [Fact]
    public async Task Container_above_its_memory_is_killed_and_says_so()
    {
        await using var bench = new EcsBench(EcsBench.Definition(d => d["containerDefinitions"]![0]!["memory"] = 30));

        var detail = await bench.RunToEndAsync("head -c 60000000 /dev/zero | tail -c 60000000 | sleep 60");

        Assert.Equal("EssentialContainerExited", detail["stopCode"]!.GetValue<string>());
        Assert.Equal(
            "OutOfMemoryError: Container killed due to memory usage", detail["stoppedReason"]!.GetValue<string>());
        Assert.Equal(137, detail["containers"]![0]!["exitCode"]!.GetValue<int>());
        Assert.Equal(
            "OutOfMemoryError: Container killed due to memory usage",
            detail["containers"]![0]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Stopped_before_its_container_ran_it_has_no_start_and_no_exit_code()
    {
        await using var bench = new EcsBench();
        var arn = await bench.RunAsync("echo never");

        await bench.CallAsync("StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = arn });
        await bench.UntilAsync(
            () => bench.Events.Any(e => e["detail"]!["lastStatus"]!.GetValue<string>() == "STOPPED"));
        var detail = await bench.UntilStatusAsync("STOPPED");

        Assert.False(detail.AsObject().ContainsKey("startedAt"));
        Assert.False(detail["containers"]![0]!.AsObject().ContainsKey("exitCode"));
        Assert.False(detail["containers"]![0]!.AsObject().ContainsKey("runtimeId"));
        Assert.False(bench.Printed("never"));
    }

    [Fact]
    public async Task Task_that_ran_when_the_emulator_ended_is_announced_without_an_exit_code()
    {
        await using var bench = new EcsBench();
        var arn = await bench.RunAsync("echo up; sleep 60");
        await bench.UntilAsync(() => bench.Printed("up"));
        var running = await bench.UntilStatusAsync("RUNNING");

        await bench.RestartAsync();

        var detail = Assert.Single(bench.Events)["detail"]!;
        Assert.Equal(arn, detail["taskArn"]!.GetValue<string>());
        Assert.Equal("STOPPED", detail["lastStatus"]!.GetValue<string>());
        Assert.Equal("TerminationNotice", detail["stopCode"]!.GetValue<string>());
        Assert.True(detail["version"]!.GetValue<long>() > running["version"]!.GetValue<long>());
        Assert.False(detail["containers"]![0]!.AsObject().ContainsKey("exitCode"));
    }

    private static DateTimeOffset Time(JsonNode detail, string member) =>
        DateTimeOffset.Parse(detail[member]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    private static void Resize(JsonObject parameters, string cpu, string memory, int? container = null)
    {
        parameters["overrides"]!["cpu"] = cpu;
        parameters["overrides"]!["memory"] = memory;
        if (container is not { } limit) return;
        parameters["overrides"]!["containerOverrides"]![0]!["cpu"] = 128;
        parameters["overrides"]!["containerOverrides"]![0]!["memory"] = limit;
    }
}
