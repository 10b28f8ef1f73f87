using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Tests.Ecs;

public sealed class TaskQueriesTests
{
    [Fact]
    public async Task Described_task_has_epoch_times_and_the_version_of_its_last_event()
    {
        await using var bench = new EcsBench();
        var detail = await bench.RunToEndAsync("exit 2");

        var answer = await Describe(bench, detail["taskArn"]!.GetValue<string>());

        var task = Assert.Single(answer["tasks"]!.AsArray())!;
        Assert.Equal(detail["version"]!.GetValue<long>(), task["version"]!.GetValue<long>());
        Assert.Equal(2, task["containers"]![0]!["exitCode"]!.GetValue<int>());
        var stopped = DateTimeOffset.Parse(
            detail["stoppedAt"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(stopped.ToUnixTimeMilliseconds() / 1000m, task["stoppedAt"]!.GetValue<decimal>());
        Assert.Empty(answer["failures"]!.AsArray());
    }

    [Fact]
    public async Task Tags_are_given_only_when_asked_for()
    {
        await using var bench = new EcsBench();
        var arn = await bench.RunAsync("sleep 60", p => p["propagateTags"] = "TASK_DEFINITION");

        Assert.Empty((await Describe(bench, arn))["tasks"]![0]!["tags"]!.AsArray());
        var tags = (await Describe(bench, arn, "TAGS"))["tasks"]![0]!["tags"]!;
        Assert.Equal("""[{"key":"job","value":"line-count"}]""", tags.ToJsonString());
    }

    [Fact]
    public async Task Unknown_task_is_a_failure_when_described_and_an_error_when_stopped()
    {
        await using var bench = new EcsBench();
        const string Unknown = "arn:aws:ecs:us-east-1:000000000000:task/jobs/00000000000000000000000000000000";

        var failure = Assert.Single((await Describe(bench, Unknown))["failures"]!.AsArray())!;
        Assert.Equal(Unknown, failure["arn"]!.GetValue<string>());
        Assert.Equal("MISSING", failure["reason"]!.GetValue<string>());
        var error = await Assert.ThrowsAsync<ServiceError>(
            () => bench.CallAsync("StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = Unknown }));
        Assert.Equal("InvalidParameterException", error.Code);
    }

    [Theory]
    [InlineData("{}", 1)]
    [InlineData("""{"status":"ALL"}""", 1)]
    [InlineData("""{"familyPrefix":"other"}""", 0)]
    [InlineData("""{"status":"INACTIVE"}""", 0)]
    public async Task Definitions_and_their_families_are_listed(string input, int count)
    {
        await using var bench = new EcsBench();
        await bench.RunAsync("exit 0");

        var families = await bench.CallAsync("ListTaskDefinitionFamilies", JsonNode.Parse(input)!.AsObject());
        var definitions = await bench.CallAsync("ListTaskDefinitions", JsonNode.Parse(input)!.AsObject());

        Assert.Equal(
            (count, count),
            (families["families"]!.AsArray().Count, definitions["taskDefinitionArns"]!.AsArray().Count));
    }

    [Fact]
    public async Task Protection_of_a_hundred_tasks_is_told_in_one_call_and_changed_of_ten()
    {
        await using var bench = new EcsBench();
        JsonObject Tasks(int count) => new()
        {
            ["cluster"] = "jobs",
            ["tasks"] = new JsonArray([.. Enumerable.Range(0, count).Select(n => JsonValue.Create($"{n:x32}"))]),
            ["protectionEnabled"] = true,
        };

        var told = await bench.CallAsync("GetTaskProtection", Tasks(100));

        Assert.Equal(100, told["failures"]!.AsArray().Count);
        await Assert.ThrowsAsync<ServiceError>(() => bench.CallAsync("GetTaskProtection", Tasks(101)));
        await Assert.ThrowsAsync<ServiceError>(() => bench.CallAsync("UpdateTaskProtection", Tasks(11)));
    }

    [Fact]
    public async Task Stopping_a_stopped_task_changes_nothing()
    {
        await using var bench = new EcsBench();
        var detail = await bench.RunToEndAsync("exit 0");

        var answer = await bench.CallAsync(
            "StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = detail["taskArn"]!.DeepClone() });

        Assert.Equal("EssentialContainerExited", answer["task"]!["stopCode"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tasks_are_listed_by_where_they_are_to_go()
    {
        await using var bench = new EcsBench();
        var arn = await bench.RunAsync("trap '' TERM; sleep 60", p => p["startedBy"] = "run-1");
        var other = await bench.RunAsync("sleep 60", p => p["startedBy"] = "run-2");
        await bench.CallAsync("StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = arn });

        Assert.Equal([other], await List(bench, """{"cluster":"jobs"}"""));
        Assert.Equal([arn], await List(bench, """{"cluster":"jobs","desiredStatus":"STOPPED"}"""));
        Assert.Equal([other], await List(bench, """{"cluster":"jobs","startedBy":"run-2"}"""));
        Assert.Empty(await List(bench, """{"cluster":"jobs","startedBy":"run-1"}"""));
        Assert.Equal([other], await List(bench, """{"cluster":"jobs","family":"line-count"}"""));
        Assert.Empty(await List(bench, """{"cluster":"jobs","desiredStatus":"PENDING"}"""));
    }

    [Fact]
    public async Task Definition_that_changed_gets_the_next_revision_and_the_same_one_keeps_its_own()
    {
        await using var bench = new EcsBench();
        Assert.Equal(1, bench.Register(EcsBench.Definition()).Revision);

        Assert.Equal(2, bench.Register(EcsBench.Definition(d => d["memory"] = "1024")).Revision);

        var answer = await bench.CallAsync(
            "DescribeTaskDefinition", new JsonObject { ["taskDefinition"] = "line-count" });
        Assert.Equal(2, answer["taskDefinition"]!["revision"]!.GetValue<int>());
        Assert.Equal("1024", answer["taskDefinition"]!["memory"]!.GetValue<string>());
        var first = await bench.CallAsync(
            "DescribeTaskDefinition", new JsonObject { ["taskDefinition"] = "line-count:1" });
        Assert.Equal("512", first["taskDefinition"]!["memory"]!.GetValue<string>());
    }

    [Fact]
    public async Task Unknown_definition_is_a_client_exception()
    {
        await using var bench = new EcsBench();

        var error = await Assert.ThrowsAsync<ServiceError>(
            () => bench.CallAsync("DescribeTaskDefinition", new JsonObject { ["taskDefinition"] = "other" }));

        Assert.Equal("ClientException", error.Code);
    }

    private static Task<JsonObject> Describe(EcsBench bench, string arn, string? include = null)
    {
        var input = new JsonObject { ["cluster"] = "jobs", ["tasks"] = new JsonArray(arn) };
        if (include is not null) input["include"] = new JsonArray(include);
        return bench.CallAsync("DescribeTasks", input);
    }

    private static async Task<IEnumerable<string>> List(EcsBench bench, string input) =>
        (await bench.CallAsync("ListTasks", JsonNode.Parse(input)!.AsObject()))["taskArns"]!.AsArray()
            .Select(a => a!.GetValue<string>());
}
