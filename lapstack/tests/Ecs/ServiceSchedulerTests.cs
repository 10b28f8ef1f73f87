using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Tests.Ecs;

/// <summary>Services and their tasks, over the operations that make and change them.</summary>
public sealed class ServiceSchedulerTests
{
    [Fact]
    public async Task Service_keeps_its_desired_count_and_says_so()
    {
        await using var bench = new EcsBench(Running("sleep 60"));
        await CreateAsync(bench, 2);

        var service = await UntilAsync(bench, s => Number(s, "runningCount") == 2 && Rollout(s) == "COMPLETED");

        Assert.Equal(
            ("ACTIVE", 2, 0),
            (Text(service, "status"), Number(service, "desiredCount"), Number(service, "pendingCount")));
        var deployment = Assert.Single(service["deployments"]!.AsArray())!;
        Assert.Equal(
            ("PRIMARY", 2, 2),
            (Text(deployment, "status"), Number(deployment, "desiredCount"), Number(deployment, "runningCount")));
        Assert.Matches("^ecs-svc/[0-9]{19}$", Text(deployment, "id"));
        Assert.Contains(
            service["events"]!.AsArray(),
            e =>
                Text(e!, "message").StartsWith(
                    "(service drain) has started 2 tasks: (task ", StringComparison.Ordinal));
        Assert.Equal("(service drain) has reached a steady state.", Text(service["events"]![0]!, "message"));
        var task = bench.Events.Select(e => e["detail"]!).First();
        Assert.Equal(("service:drain", Text(deployment, "id")), (Text(task, "group"), Text(task, "startedBy")));
        Assert.Equal(
            2, (await bench.CallAsync("ListTasks", Asking("serviceName", "drain")))["taskArns"]!.AsArray().Count);
    }

    [Fact]
    public async Task Task_that_ends_is_replaced()
    {
        await using var bench = new EcsBench(Running("sleep 60"));
        await CreateAsync(bench, 1);
        var first = await OneRunningAsync(bench, _ => true);

        await bench.CallAsync("StopTask", Asking("task", first));
        var second = await OneRunningAsync(bench, arn => arn != first);

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task New_definition_rolls_out_and_the_old_tasks_go_with_the_schedulers_stop_code()
    {
        await using var bench = new EcsBench(Running("sleep 60"));
        await CreateAsync(bench, 1);
        var old = await OneRunningAsync(bench, _ => true);
        var definition = bench.Register(Running("sleep 61"));

        await bench.CallAsync(
            "UpdateService", Asking("service", "drain", input => input["taskDefinition"] = definition.Arn));
        var fresh = await OneRunningAsync(bench, arn => arn != old);
        var service = await UntilAsync(bench, s => Rollout(s) == "COMPLETED" && s["deployments"]!.AsArray().Count == 1);

        Assert.Equal(definition.Arn, Text(service, "taskDefinition"));
        await bench.UntilAsync(() => Stopped(bench, old) is not null);
        var stopped = Stopped(bench, old)!;
        Assert.Equal("ServiceSchedulerInitiated", Text(stopped, "stopCode"));
        Assert.Equal(
            $"Scaling activity initiated by (deployment {Text(service["deployments"]![0]!, "id")})",
            Text(stopped, "stoppedReason"));
        Assert.NotEqual(old, fresh);
    }

    [Fact]
    public async Task Protected_task_outlives_scale_in_until_its_protection_expires()
    {
        await using var bench = new EcsBench(Running("sleep 60"));
        await CreateAsync(bench, 1);
        var task = await OneRunningAsync(bench, _ => true);
        await bench.CallAsync("UpdateTaskProtection", Protect(task, 5));

        await bench.CallAsync("UpdateService", Asking("service", "drain", input => input["desiredCount"] = 0));
        await UntilAsync(
            bench,
            s =>
                Number(s, "desiredCount") == 0
                    && Text(s["events"]![0]!, "message").EndsWith(ServiceSteady, StringComparison.Ordinal));
        bench.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(1, Number(await DescribeAsync(bench), "runningCount"));

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(bench, s => Number(s, "runningCount") == 0);
        await bench.UntilAsync(() => Stopped(bench, task) is not null);
    }

    [Fact]
    public async Task Task_asks_its_agent_for_protection_and_gets_ECSs_answers()
    {
        await using var bench = new EcsBench(Running("echo $ECS_AGENT_URI; sleep 60"));
        await CreateAsync(bench, 1);
        var task = await OneRunningAsync(bench, _ => true);
        await bench.UntilAsync(() => bench.Lines().Count > 0);
        var path = new Uri($"{bench.Lines()[0]}/task-protection/v1/state").AbsolutePath;

        var (status, answer) = await bench.AskAsync("GET", path);
        Assert.Equal(
            (200, $$$"""{"protection":{"ExpirationDate":null,"ProtectionEnabled":false,"TaskArn":"{{{task}}}"}}"""),
            (status, answer.ToJsonString()));

        (status, answer) = await bench.AskAsync("PUT", path, """{"ProtectionEnabled":true,"ExpiresInMinutes":60}""");
        Assert.Equal(
            (200, true, task),
            (
                status,
                answer["protection"]!["ProtectionEnabled"]!.GetValue<bool>(),
                Text(answer["protection"]!, "TaskArn")));
        var api = await bench.CallAsync(
            "GetTaskProtection", Protect(task, 0, input => input.Remove("protectionEnabled")));
        Assert.True(api["protectedTasks"]![0]!["protectionEnabled"]!.GetValue<bool>());

        (status, answer) = await bench.AskAsync("PUT", path, """{"ProtectionEnabled":true,"ExpiresInMinutes":2881}""");
        Assert.Equal(
            (400, "InvalidParameterException", task),
            (status, Text(answer["error"]!, "Code"), Text(answer["error"]!, "Arn")));
        (status, answer) = await bench.AskAsync("PUT", path, """{"protection":1}""");
        Assert.Equal(
            (400, "UpdateTaskProtection: failed to decode request"), (status, Text(answer["error"]!, "Message")));
        (status, answer) = await bench.AskAsync("PUT", path, "{}");
        Assert.Equal(
            (400, "Invalid request: does not contain 'ProtectionEnabled' field"),
            (status, Text(answer["error"]!, "Message")));

        bench.Refused = "ecs:UpdateTaskProtection";
        (status, answer) = await bench.AskAsync("PUT", path, """{"ProtectionEnabled":false}""");
        Assert.Equal((400, "AccessDeniedException"), (status, Text(answer["error"]!, "Code")));
        Assert.Contains("assumed-role/task/", Text(answer["error"]!, "Message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Protection_of_a_task_of_no_service_is_a_failure()
    {
        await using var bench = new EcsBench();
        var task = await bench.RunAsync("sleep 60");

        var answer = await bench.CallAsync(
            "UpdateTaskProtection", Protect(task, 5, input => input["tasks"]!.AsArray().Add(Unknown)));

        Assert.Empty(answer["protectedTasks"]!.AsArray());
        Assert.Equal(["TASK_NOT_VALID", "MISSING"], answer["failures"]!.AsArray().Select(f => Text(f!, "reason")));
        Assert.Equal(
            "InvalidParameterException",
            (
                await Assert.ThrowsAsync<ServiceError>(() =>
                    bench.CallAsync("UpdateTaskProtection", Protect(task, 2881)))).Code);
    }

    [Fact]
    public async Task Image_that_never_starts_is_tried_ever_more_rarely_and_given_up_by_the_circuit_breaker()
    {
        await using var bench = new EcsBench(
            EcsBench.Definition(d => d["containerDefinitions"]![0]!["image"] = "public.ecr.aws/none:1"));
        await CreateAsync(
            bench,
            1,
            input =>
                input["deploymentConfiguration"] = JsonNode.Parse(
                    """{"deploymentCircuitBreaker":{"enable":true,"rollback":false}}"""));

        var service = await UntilAsync(bench, s => Rollout(s) == "FAILED" && s["events"]!.AsArray().Any(e =>
            Text(e!, "message") == "(service drain) is unable to consistently start tasks successfully."));

        Assert.Equal(3, Number(service["deployments"]![0]!, "failedTasks"));
        var tried = bench.Events.Select(e => e["detail"]!)
            .Where(d => Text(d, "lastStatus") == "PROVISIONING")
            .Select(d => DateTimeOffset.Parse(Text(d, "createdAt"), System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(3, tried.Count);
        Assert.True(tried[1] - tried[0] >= TimeSpan.FromSeconds(1));
        Assert.True(tried[2] - tried[1] >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Service_and_its_tasks_come_back_after_a_restart()
    {
        await using var bench = new EcsBench(Running("sleep 60"));
        await CreateAsync(bench, 1);
        var before = await OneRunningAsync(bench, _ => true);

        await bench.RestartAsync();
        var after = await OneRunningAsync(bench, arn => arn != before);

        Assert.NotEqual(before, after);
        Assert.Equal(0, Number((await DescribeAsync(bench))["deployments"]![0]!, "failedTasks"));
    }

    [Fact]
    public async Task Deleted_service_drains_and_is_inactive()
    {
        await using var bench = new EcsBench(Running("sleep 60"));
        await CreateAsync(bench, 1);
        await OneRunningAsync(bench, _ => true);
        await Assert.ThrowsAsync<ServiceError>(() => bench.CallAsync("DeleteService", Asking("service", "drain")));

        await bench.CallAsync("DeleteService", Asking("service", "drain", input => input["force"] = true));

        await UntilAsync(bench, s => Text(s, "status") == "INACTIVE" && Number(s, "runningCount") == 0);
        Assert.Empty(
            (await bench.CallAsync("ListServices", Asking("launchType", "FARGATE")))["serviceArns"]!.AsArray());
    }

    [Theory]
    [InlineData("loadBalancers", """[{"targetGroupArn":"x"}]""", "loadBalancers")]
    [InlineData("schedulingStrategy", "\"DAEMON\"", "REPLICA, not DAEMON")]
    [InlineData("deploymentController", """{"type":"CODE_DEPLOY"}""", "ECS, not CODE_DEPLOY")]
    [InlineData("deploymentConfiguration", """{"minimumHealthyPercent":101}""", "0 to 100")]
    [InlineData("capacityProviderStrategy", """[{"capacityProvider":"FARGATE_SPOT","weight":1}]""",
        "both a launch type and capacity provider strategy")]
    public async Task What_these_services_cannot_do_is_refused_by_name(string member, string value, string why)
    {
        await using var bench = new EcsBench();

        var refused = await Assert.ThrowsAsync<ServiceError>(
            () => CreateAsync(bench, 1, input => input[member] = JsonNode.Parse(value)));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private const string ServiceSteady = Lapstack.Services.Ecs.Scheduling.Rollout.Steady;
    private const string Unknown = "arn:aws:ecs:us-east-1:000000000000:task/jobs/00000000000000000000000000000000";

    private static JsonObject Running(string script) => EcsBench.Definition(d =>
        d["containerDefinitions"]![0]!["environment"]!.AsArray()
            .Add(new JsonObject { ["name"] = "SCRIPT", ["value"] = script }));

    private static Task<JsonObject> CreateAsync(EcsBench bench, int count, Action<JsonObject>? change = null)
    {
        var input = EcsBench.Parameters();
        input.Remove("overrides");
        input["serviceName"] = "drain";
        input["desiredCount"] = count;
        change?.Invoke(input);
        return bench.CallAsync("CreateService", input);
    }

    private static JsonObject Asking(string member, string value, Action<JsonObject>? change = null)
    {
        var input = new JsonObject { ["cluster"] = "jobs", [member] = value };
        change?.Invoke(input);
        return input;
    }

    private static JsonObject Protect(string task, int minutes, Action<JsonObject>? change = null)
    {
        var input = new JsonObject
        {
            ["cluster"] = "jobs",
            ["tasks"] = new JsonArray(task),
            ["protectionEnabled"] = true,
            ["expiresInMinutes"] = minutes,
        };
        change?.Invoke(input);
        return input;
    }

    private static async Task<JsonNode> DescribeAsync(EcsBench bench) =>
        (
            await bench.CallAsync("DescribeServices",
                new JsonObject { ["cluster"] = "jobs", ["services"] = new JsonArray("drain") }))["services"]![0]!;

    private static async Task<JsonNode> UntilAsync(EcsBench bench, Func<JsonNode, bool> condition)
    {
        JsonNode? service = null;
        await bench.UntilAsync(() => condition(service = DescribeAsync(bench).GetAwaiter().GetResult()));
        return service!;
    }

    private static async Task<string> OneRunningAsync(EcsBench bench, Func<string, bool> condition)
    {
        string? found = null;
        await bench.UntilAsync(() => (found = bench.Events.Select(e => e["detail"]!)
            .Where(d => Text(d, "lastStatus") == "RUNNING")
                .Select(d => Text(d, "taskArn"))
                .FirstOrDefault(condition)) is not null);
        return found!;
    }

    private static JsonNode? Stopped(EcsBench bench, string arn) =>
        bench.Events.Select(e => e["detail"]!).FirstOrDefault(
            d => Text(d, "taskArn") == arn && Text(d, "lastStatus") == "STOPPED");

    private static string Rollout(JsonNode service) => Text(service["deployments"]![0]!, "rolloutState");

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static int Number(JsonNode node, string member) => node[member]!.GetValue<int>();
}
