using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Tests.Ecs;

public sealed class TaskStartTests
{
    [Fact]
    public async Task Task_whose_role_does_not_trust_ecs_is_not_started()
    {
        await using var bench = new EcsBench { Refused = "sts:AssumeRole" };

        var refused = await Assert.ThrowsAsync<ServiceError>(() => bench.CallAsync("RunTask", EcsBench.Parameters()));

        Assert.Equal("ClientException", refused.Code);
        Assert.Equal(
            "ECS was unable to assume the role 'arn:aws:iam::000000000000:role/task' that was provided for this " +
            "task. Please verify that the role being passed has the proper trust relationship and permissions and " +
            "that your IAM user has permissions to pass this role.",
            refused.Message);
        Assert.Empty(bench.Events);
    }

    [Fact]
    public async Task Lines_that_the_execution_role_may_not_put_are_lost_and_the_task_runs()
    {
        await using var bench = new EcsBench { Refused = "logs:PutLogEvents" };

        var detail = await bench.RunToEndAsync("echo hello");

        Assert.Equal("EssentialContainerExited", (string?)detail["stopCode"]);
        Assert.Empty(bench.Lines());
    }

    [Fact]
    public async Task Execution_role_that_may_not_make_its_log_stream_fails_the_start()
    {
        await using var bench = new EcsBench { Refused = "logs:CreateLogStream" };

        var detail = await bench.RunToEndAsync("exit 0");

        AssertFailedToStart(detail);
        Assert.StartsWith(
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: " +
            "failed to create Cloudwatch log stream: AccessDeniedException: ",
            Reason(detail),
            StringComparison.Ordinal);
        Assert.Contains("role/execution", Reason(detail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ecr:GetAuthorizationToken",
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ")]
    [InlineData("ecr:BatchGetImage", "CannotPullContainerError: pull image manifest has been retried 1 time(s): ")]
    public async Task Execution_role_that_may_not_pull_the_image_fails_the_start(string refused, string reason)
    {
        await using var bench = new EcsBench { Refused = refused };

        var detail = await bench.RunToEndAsync("exit 0");

        AssertFailedToStart(detail);
        Assert.StartsWith(reason, Reason(detail), StringComparison.Ordinal);
        Assert.Contains("role/execution", Reason(detail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_log_group_fails_the_start()
    {
        await using var bench = new EcsBench(EcsBench.Definition(d =>
            ((JsonObject)d["containerDefinitions"]![0]!["logConfiguration"]!["options"]!)
                .Remove("awslogs-create-group")));

        var detail = await bench.RunToEndAsync("exit 0");

        AssertFailedToStart(detail);
        Assert.Contains("/jobs", Reason(detail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_does_not_exist_cannot_be_started()
    {
        await using var bench = new EcsBench(
            EcsBench.Definition(
                d => d["containerDefinitions"]![0]!["entryPoint"] = new JsonArray("/app/no-such-program")));

        var detail = await bench.RunToEndAsync("exit 0");

        AssertFailedToStart(detail);
        Assert.StartsWith(
            "CannotStartContainerError: ",
            detail["containers"]![0]!["reason"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_of_an_override_replaces_the_images()
    {
        await using var bench = new EcsBench();

        await bench.RunToEndAsync(
            "echo got $1", p => p["overrides"]!["containerOverrides"]![0]!["command"] = new JsonArray("one", "two"));

        // The entry point stays, and eval'd script sees the command as its arguments.
        Assert.Contains("got one", bench.Lines());
    }

    [Fact]
    public async Task Sidecar_is_stopped_when_the_essential_container_ends()
    {
        await using var bench = new EcsBench(EcsBench.WithSidecar("while :; do sleep 0.05; done", essential: false));

        var detail = await bench.RunToEndAsync("exit 0");

        Assert.Equal([0, 143], ExitCodes(detail));
    }

    [Fact]
    public async Task Sidecar_that_ends_does_not_end_the_task()
    {
        await using var bench = new EcsBench(EcsBench.WithSidecar("exit 5", essential: false));
        await bench.RunAsync("trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done");

        await bench.UntilAsync(() => bench.Events.Any(e =>
            e["detail"]!["lastStatus"]!.GetValue<string>() == "RUNNING"
                && e["detail"]!["containers"]![1]!["exitCode"]?.GetValue<int>() == 5));

        Assert.Equal("RUNNING", bench.Events.Last()["detail"]!["desiredStatus"]!.GetValue<string>());
    }

    [Fact]
    public async Task Container_waits_for_the_success_of_another()
    {
        await using var bench = new EcsBench(
            EcsBench.WithSidecar("sleep 0.2; echo prepared; exit 0", essential: false, condition: "SUCCESS"));

        var detail = await bench.RunToEndAsync("echo working");

        Assert.Equal([0, 0], ExitCodes(detail));
        Assert.Equal(
            ["prepared", "working"],
            bench.Logs.Find("/jobs")!.Streams.SelectMany(s => s.Read())
                .OrderBy(e => e.Timestamp)
                .Select(e => e.Message));
    }

    [Fact]
    public async Task Container_whose_condition_fails_is_never_started()
    {
        await using var bench = new EcsBench(EcsBench.WithSidecar("exit 6", essential: false, condition: "SUCCESS"));

        var detail = await bench.RunToEndAsync("echo working");

        AssertFailedToStart(detail);
        Assert.Contains("ended with exit code 6", Reason(detail), StringComparison.Ordinal);
        Assert.False(bench.Printed("working"));
        Assert.False(detail["containers"]![0]!.AsObject().ContainsKey("exitCode"));
    }

    private static void AssertFailedToStart(JsonNode detail)
    {
        Assert.Equal("TaskFailedToStart", detail["stopCode"]!.GetValue<string>());
        Assert.False(detail.AsObject().ContainsKey("startedAt"));
    }

    private static string Reason(JsonNode detail) => detail["stoppedReason"]!.GetValue<string>();

    private static IEnumerable<int> ExitCodes(JsonNode detail) =>
        detail["containers"]!.AsArray().Select(c => c!["exitCode"]!.GetValue<int>());
}
