using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Tests.Ecs;

public sealed class RunTaskTests
{
    public static TheoryData<string, string, string> Refused => new()
    {
        { """{"cluster":"other"}""", "ClusterNotFoundException", "Cluster not found." },
        { """{"taskDefinition":"other"}""", "ClientException", "TaskDefinition not found." },
        { """{"taskDefinition":"line-count:2"}""", "ClientException", "TaskDefinition not found." },
        { """{"count":0}""", "InvalidParameterException", "between 1 and 10" },
        { """{"count":11}""", "InvalidParameterException", "between 1 and 10" },
        { """{"count":"many"}""", "SerializationException", "count must be a whole number" },
        { """{"networkConfiguration":null}""", "InvalidParameterException", "Network Configuration must be provided" },
        { """{"networkConfiguration":{"awsvpcConfiguration":{"subnets":[]}}}""", "InvalidParameterException",
            "1 to 16 subnets" },
        { """{"launchType":null}""", "InvalidParameterException", "No Container Instances" },
        { """{"launchType":"EC2"}""", "InvalidParameterException", "No Container Instances" },
        { """{"capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT"}]}""", "InvalidParameterException",
            "both a launch type and capacity provider strategy" },
        { """{"launchType":null,"capacityProviderStrategy":[{"capacityProvider":"mine"}]}""",
            "InvalidParameterException", "not associated with the cluster" },
        {
            """{"launchType":null,"capacityProviderStrategy":[{"capacityProvider":"FARGATE"},{"capacityProvider":"FARGATE_SPOT"}]}""",
            "InvalidParameterException", "weight above zero"
        },
        { """{"startedBy":"a b"}""", "InvalidParameterException", "startedBy" },
        { """{"clientToken":"a b"}""", "InvalidParameterException", "clientToken" },
        { """{"group":"service:x"}""", "InvalidParameterException", "service:" },
        { """{"propagateTags":"SERVICE"}""", "InvalidParameterException", "SERVICE" },
        { """{"platformVersion":"9.9"}""", "PlatformUnknownException", "9.9" },
        { """{"tags":[{"key":""}]}""", "InvalidParameterException", "tag" },
        { """{"overrides":{"containerOverrides":[{"name":"other"}]}}""", "InvalidParameterException",
            "named other is not a container" },
        { """{"overrides":{"cpu":"256","memory":"4096"}}""", "InvalidParameterException",
            "No Fargate configuration exists" },
        { """{"overrides":{"ephemeralStorage":{"sizeInGiB":20}}}""", "InvalidParameterException", "21 to 200" },
        { """{"overrides":{"memory":"4096"}}""", "InvalidParameterException",
            "No Fargate configuration exists for given values: 256 CPU, 4096 memory." },
        { """{"overrides":{"cpu":"1024"}}""", "InvalidParameterException",
            "No Fargate configuration exists for given values: 1024 CPU, 512 memory." },
        { """{"overrides":{"cpu":"1 vCPU"}}""", "SerializationException", "cpu must be a whole number" },
        { """{"overrides":{"containerOverrides":[{"name":"worker","memory":513}]}}""", "InvalidParameterException",
            "513 MiB, is greater than the task's, 512" },
        { """{"overrides":{"containerOverrides":[{"name":"worker","memory":5}]}}""", "InvalidParameterException",
            "at least 6 MiB" },
        { """{"overrides":{"containerOverrides":[{"name":"worker","memoryReservation":513}]}}""",
            "InvalidParameterException", "memoryReservation, 513 MiB" },
        { """{"overrides":{"containerOverrides":[{"name":"worker","cpu":257}]}}""", "InvalidParameterException",
            "at most the task's, 256" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Bad_parameter_is_refused_with_its_code(string change, string code, string message)
    {
        await using var bench = new EcsBench();
        var parameters = EcsBench.Parameters(change: p =>
        {
            foreach (var (name, value) in JsonNode.Parse(change)!.AsObject().ToList())
                if (value is null) p.Remove(name);
                else p[name] = value.DeepClone();
        });

        var error = await Assert.ThrowsAsync<ServiceError>(() => bench.CallAsync("RunTask", parameters));

        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Events);
    }

    [Theory]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public async Task Overrides_are_limited_to_8192_characters_punctuation_included(int length, bool accepted)
    {
        await using var bench = new EcsBench();
        var parameters = EcsBench.Parameters("exit 0");
        var variable = parameters["overrides"]!["containerOverrides"]![0]!["environment"]![0]!;
        variable["name"] = "DATA";
        variable["value"] = "";
        variable["value"] = new string('x', length - parameters["overrides"]!.ToJsonString().Length);

        var error = await Record.ExceptionAsync(() => bench.CallAsync("RunTask", parameters));

        Assert.Equal(accepted, error is null);
    }

    [Fact]
    public async Task Same_token_with_another_size_is_a_conflict()
    {
        await using var bench = new EcsBench();
        await bench.RunAsync("sleep 60", p => p["clientToken"] = "launch-1");

        var error = await Assert.ThrowsAsync<ServiceError>(() => bench.RunAsync("sleep 60", p =>
        {
            p["clientToken"] = "launch-1";
            p["overrides"]!["memory"] = "1024";
        }));

        Assert.Equal("ConflictException", error.Code);
    }

    [Fact]
    public async Task Same_token_and_parameters_give_the_same_task_and_start_nothing()
    {
        await using var bench = new EcsBench();
        static void Token(JsonObject p) => p["clientToken"] = "launch-1";
        var first = await bench.RunAsync("sleep 60", Token);

        var second = await bench.RunAsync("sleep 60", Token);

        Assert.Equal(first, second);
        await bench.UntilStatusAsync("RUNNING");
        Assert.Single(bench.Events.Select(e => e["detail"]!["taskArn"]!.GetValue<string>()).Distinct());
    }

    [Fact]
    public async Task Tokens_that_ran_out_leave_the_state_folder()
    {
        await using var bench = new EcsBench();
        await bench.RunAsync("exit 0", p => p["clientToken"] = "yesterday");
        bench.Clock.Advance(TimeSpan.FromHours(25));

        await bench.RunAsync("exit 0", p => p["clientToken"] = "today");

        Assert.Single(bench.TokenFiles);
    }

    [Fact]
    public async Task Same_token_after_the_end_gives_only_arn_and_states()
    {
        await using var bench = new EcsBench();
        static void Token(JsonObject p) => p["clientToken"] = "launch-1";
        await bench.RunToEndAsync("exit 0", Token);

        var again = await bench.CallAsync("RunTask", EcsBench.Parameters("exit 0", Token));

        Assert.Equal(
            ["desiredStatus", "lastStatus", "taskArn"],
            again["tasks"]![0]!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Same_token_with_other_parameters_is_a_conflict_that_names_the_tasks()
    {
        await using var bench = new EcsBench();
        static void Token(JsonObject p) => p["clientToken"] = "launch-1";
        var first = await bench.RunAsync("sleep 60", Token);

        var error = await Assert.ThrowsAsync<ServiceError>(() => bench.RunAsync("exit 0", Token));

        Assert.Equal("ConflictException", error.Code);
        Assert.Equal([first], error.Members["resourceIds"].AsArray().Select(n => n!.GetValue<string>()));
    }

    [Fact]
    public async Task Token_is_forgotten_with_its_task_an_hour_after_its_end()
    {
        await using var bench = new EcsBench();
        static void Token(JsonObject p) => p["clientToken"] = "launch-1";
        var first = (await bench.RunToEndAsync("exit 0", Token))["taskArn"]!.GetValue<string>();
        bench.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.NotEqual(first, await bench.RunAsync("exit 0", Token));
        var described = await bench.CallAsync(
            "DescribeTasks", new JsonObject { ["cluster"] = "jobs", ["tasks"] = new JsonArray(first) });
        Assert.Equal("MISSING", described["failures"]![0]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Token_survives_a_restart_of_the_emulator()
    {
        await using var bench = new EcsBench();
        static void Token(JsonObject p) => p["clientToken"] = "launch-1";
        var first = await bench.RunAsync("sleep 60", Token);
        await bench.UntilStatusAsync("RUNNING");

        await bench.RestartAsync();

        Assert.Equal(first, await bench.RunAsync("sleep 60", Token));
    }

    [Fact]
    public async Task Caller_must_be_allowed_to_run_to_pass_both_roles_and_to_tag()
    {
        await using var bench = new EcsBench();

        var operation = await bench.ReadAsync(
            "RunTask", EcsBench.Parameters(change: p => p["propagateTags"] = "TASK_DEFINITION"));

        Assert.Equal(
            [
                "ecs:RunTask arn:aws:ecs:us-east-1:000000000000:task-definition/line-count:1",
                "iam:PassRole arn:aws:iam::000000000000:role/task",
                "iam:PassRole arn:aws:iam::000000000000:role/execution",
                "ecs:TagResource arn:aws:ecs:us-east-1:000000000000:task/jobs/*",
            ],
            operation.Access.Select(a => $"{a.Action} {a.Resource}"));
        Assert.Equal(["arn:aws:ecs:us-east-1:000000000000:cluster/jobs"], operation.Access[0].Context["ecs:cluster"]);
        Assert.Equal(["ecs-tasks.amazonaws.com"], operation.Access[1].Context["iam:PassedToService"]);
        Assert.Equal(["RunTask"], operation.Access[3].Context["ecs:CreateAction"]);
    }

    [Fact]
    public async Task Spot_is_asked_for_by_a_strategy_and_named_in_the_event()
    {
        await using var bench = new EcsBench();

        var detail = await bench.RunToEndAsync("exit 0", p =>
        {
            p.Remove("launchType");
            p["capacityProviderStrategy"] = JsonNode.Parse("""[{"capacityProvider":"FARGATE_SPOT","weight":1}]""");
        });

        Assert.Equal("FARGATE_SPOT", detail["capacityProviderName"]!.GetValue<string>());
        Assert.False(detail.AsObject().ContainsKey("launchType"));
    }
}
