using System.Net;
using System.Text.Json.Nodes;
using Amazon.ECS;
using Jobs.Aws.Ecs;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Sizes;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

public sealed class EcsTasksTests
{
    private const string Accepted = $$"""{"tasks":[{"taskArn":"{{Sample.Task1}}","lastStatus":"PROVISIONING","desiredStatus":"RUNNING","createdAt":1767600000.123}],"failures":[]}""";

    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly EcsSettings Settings = new(
        "shop", "arn:aws:ecs:eu-central-1:123456789012:cluster/shop", ["subnet-1", "subnet-2"], ["sg-1"], "DISABLED");

    private static readonly Launch Launch = new(
        new LaunchId(Sample.Id, 3), Spot: false, Upload: null, new TaskSize(256, 1_024));

    private readonly StubWire _wire = new();

    [Fact]
    public async Task RunTask_is_asked_for_exactly_this()
    {
        _wire.Answer(Accepted);

        var answer = await Tasks().LaunchAsync(Launch, CancellationToken.None);

        Assert.Equal(new LaunchAnswer.Accepted(Sample.Task1), answer);
        Assert.Equal("RunTask", Assert.Single(_wire.Requests).Operation);
        var expected = JsonNode.Parse($$$"""
            {
              "clientToken": "{{{Launch.Id.ClientToken}}}",
              "cluster": "arn:aws:ecs:eu-central-1:123456789012:cluster/shop",
              "count": 1,
              "launchType": "FARGATE",
              "networkConfiguration": {"awsvpcConfiguration": {"assignPublicIp": "DISABLED", "securityGroups": ["sg-1"], "subnets": ["subnet-1", "subnet-2"]}},
              "overrides": {"containerOverrides": [{"environment": [{"name": "JOBS_RUN_ID", "value": "{{{Sample.Id}}}"}, {"name": "JOBS_LAUNCH", "value": "3"}], "name": "worker"}], "cpu": "256", "memory": "1024"},
              "propagateTags": "TASK_DEFINITION",
              "startedBy": "{{{Sample.Id}}}/3",
              "taskDefinition": "shop_line-count"
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, _wire.Json()), _wire.Requests[0].Body);
    }

    [Fact]
    public async Task Launch_sent_again_is_the_same_to_the_byte()
    {
        _wire.Answer(Accepted);

        await Tasks().LaunchAsync(Launch, CancellationToken.None);
        await Tasks().LaunchAsync(Launch, CancellationToken.None);

        Assert.Equal(_wire.Requests[0], _wire.Requests[1]);
    }

    [Fact]
    public async Task Grown_run_overrides_the_size_of_its_task_and_nothing_else()
    {
        _wire.Answer(Accepted);
        await Tasks().LaunchAsync(Launch, CancellationToken.None);

        await Tasks().LaunchAsync(Launch with { Size = new TaskSize(1_024, 3_072) }, CancellationToken.None);

        var expected = JsonNode.Parse(_wire.Requests[0].Body)!;
        expected["overrides"]!["cpu"] = "1024";
        expected["overrides"]!["memory"] = "3072";
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(_wire.Requests[1].Body)), _wire.Requests[1].Body);
    }

    [Fact]
    public async Task Spot_is_a_strategy_and_never_beside_a_launch_type()
    {
        _wire.Answer(Accepted);

        await Tasks().LaunchAsync(Launch with { Spot = true }, CancellationToken.None);

        Assert.Null(_wire.Json()["launchType"]);
        Assert.Equal(
            """[{"capacityProvider":"FARGATE_SPOT","weight":1}]""",
            _wire.Json()["capacityProviderStrategy"]!.ToJsonString());
    }

    [Theory]
    [InlineData("incoming/red flower (1) + blue.jpg", "v1")]
    [InlineData("incoming/100%25 \"done\"/Übergröße-😀", null)]
    public async Task Upload_rides_as_environment_undecoded(string key, string? version)
    {
        _wire.Answer(Accepted);

        await Tasks().LaunchAsync(
            Launch with { Upload = new Upload("inbox", key) { VersionId = version } }, CancellationToken.None);

        var variables = _wire.Json()["overrides"]!["containerOverrides"]![0]!["environment"]!.AsArray()
            .ToDictionary(v => v!["name"]!.GetValue<string>(), v => v!["value"]!.GetValue<string>());
        Assert.Equal(("inbox", key), (variables["JOBS_UPLOAD_BUCKET"], variables["JOBS_UPLOAD_KEY"]));
        Assert.Equal(version, variables.GetValueOrDefault("JOBS_UPLOAD_VERSION_ID"));
    }

    [Fact]
    public async Task Place_in_the_trace_rides_as_environment()
    {
        _wire.Answer(Accepted);

        await Tasks().LaunchAsync(Launch with { Trace = TraceParent }, CancellationToken.None);

        var variables = _wire.Json()["overrides"]!["containerOverrides"]![0]!["environment"]!.AsArray();
        var given = variables.Single(v => v!["name"]!.GetValue<string>() == "TRACEPARENT");
        Assert.Equal(TraceParent, given!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Overrides_stay_within_8192_characters_for_the_longest_key()
    {
        _wire.Answer(Accepted);

        await Tasks().LaunchAsync(
            Launch with
            {
                Upload = new Upload(new string('b', 63), new string('"', 1_024)) { VersionId = new string('v', 1_024) },
                Trace = TraceParent,
            },
            CancellationToken.None);

        Assert.InRange(_wire.Json()["overrides"]!.ToJsonString().Length, 1, 8_192);
    }

    [Theory]
    [InlineData("Capacity is unavailable at this time. Please try again later or in a different availability zone",
        VerdictClass.CapacityUnavailable)]
    [InlineData("You've reached the limit on the number of vCPUs you can run concurrently", VerdictClass.VcpuLimit)]
    [InlineData("RESOURCE:ENI", VerdictClass.CapacityUnavailable)]
    [InlineData("SOMETHING NEW", VerdictClass.RefusedUnknown)]
    public async Task Failure_in_a_success_answer_is_a_refusal(string reason, VerdictClass expected)
    {
        _wire.Answer(
            new JsonObject
            {
                ["tasks"] = new JsonArray(),
                ["failures"] = new JsonArray(new JsonObject { ["reason"] = reason, ["detail"] = "Some detail." }),
            }.ToJsonString());

        var refused = Assert.IsType<LaunchAnswer.Refused>(await Tasks().LaunchAsync(Launch, CancellationToken.None));

        Assert.Equal(expected, refused.Verdict.Class);
        Assert.Contains($"{reason}: Some detail.", refused.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_with_neither_task_nor_failure_is_a_refusal()
    {
        _wire.Answer("{}");

        Assert.Equal(
            VerdictClass.RefusedUnknown,
            Assert.IsType<LaunchAnswer.Refused>(
                await Tasks().LaunchAsync(Launch, CancellationToken.None)).Verdict.Class);
    }

    [Theory]
    [InlineData("ThrottlingException", "Rate exceeded", VerdictClass.Throttled)]
    [InlineData("ClientException", "You've reached the limit on the number of vCPUs you can run concurrently",
        VerdictClass.VcpuLimit)]
    [InlineData("ClientException", "Rate exceeded", VerdictClass.Throttled)]
    [InlineData("LimitExceededException", "The limit for the resource has been exceeded.", VerdictClass.Throttled)]
    [InlineData("ClientException", "Capacity is unavailable at this time. Please try again later or in a different availability zone", VerdictClass.CapacityUnavailable)]
    [InlineData("ClientException", "The quota of tasks in the PROVISIONING state was reached.", VerdictClass.VcpuLimit)]
    [InlineData("ClientException", "TaskDefinition not found.", VerdictClass.Misconfigured)]
    [InlineData("InvalidParameterException", "The subnet ID 'subnet-1' does not exist", VerdictClass.Misconfigured)]
    [InlineData("AccessDeniedException", "not authorized to perform: iam:PassRole", VerdictClass.AccessDenied)]
    [InlineData("BlockedException", "Your account was blocked.", VerdictClass.AccountBlocked)]
    [InlineData("com.amazonaws.ecs#ClusterNotFoundException", "Cluster not found.", VerdictClass.Misconfigured)]
    [InlineData("PlatformUnknownException", "No such platform.", VerdictClass.Misconfigured)]
    [InlineData("UnsupportedFeatureException", "Not here.", VerdictClass.Misconfigured)]
    [InlineData("NeverSeenException", "Never seen.", VerdictClass.RefusedUnknown)]
    public async Task Callers_fault_is_a_refusal(string code, string message, VerdictClass expected)
    {
        _wire.AnswerError(code, message);

        var refused = Assert.IsType<LaunchAnswer.Refused>(await Tasks().LaunchAsync(Launch, CancellationToken.None));

        Assert.Equal(expected, refused.Verdict.Class);
        Assert.Contains(message, refused.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conflict_names_the_task_that_the_token_started()
    {
        _wire.Answer(
            $$"""{"__type":"ConflictException","message":"Different parameters.","resourceIds":["{{Sample.Task2}}"]}""",
            HttpStatusCode.BadRequest);

        Assert.Equal(
            new LaunchAnswer.Accepted(Sample.Task2), await Tasks().LaunchAsync(Launch, CancellationToken.None));
    }

    [Fact]
    public async Task Conflict_that_names_no_task_leaves_it_unknown_whether_there_is_one()
    {
        _wire.AnswerError("ConflictException", "Different parameters.");

        Assert.IsType<LaunchAnswer.Unknown>(await Tasks().LaunchAsync(Launch, CancellationToken.None));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Failure_of_ecs_leaves_it_unknown_whether_there_is_a_task(HttpStatusCode status)
    {
        _wire.AnswerError("ServerException", "Service Unavailable. Please try again later.", status);

        Assert.IsType<LaunchAnswer.Unknown>(await Tasks().LaunchAsync(Launch, CancellationToken.None));
    }

    [Theory]
    [InlineData("ThrottlingException", "Rate exceeded", HttpStatusCode.BadRequest)]
    [InlineData("ServerException", "Service Unavailable. Please try again later.", HttpStatusCode.InternalServerError)]
    public async Task Stop_describe_and_find_that_ecs_refuses_fail_and_say_so(
        string code, string message, HttpStatusCode status)
    {
        _wire.AnswerError(code, message, status);

        foreach (var call in (Func<Task>[])[
            () => Tasks().StopAsync(Sample.Task1, "It was cancelled.", CancellationToken.None),
            () => Readings().DescribeAsync([Sample.Task1], CancellationToken.None),
            () => Tasks().FindAsync(Launch.Id, CancellationToken.None)])
        {
            Assert.Contains(
                message, (await Assert.ThrowsAnyAsync<AmazonECSException>(call)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Broken_connection_leaves_it_unknown_whether_there_is_a_task()
    {
        _wire.Break();

        Assert.IsType<LaunchAnswer.Unknown>(await Tasks().LaunchAsync(Launch, CancellationToken.None));
    }

    [Fact]
    public async Task Connection_that_was_broken_before_is_replaced_by_another()
    {
        _wire.Break().Answer($$"""{"tasks":[{"taskArn":"{{Sample.Task1}}"}]}""");

        Assert.Equal(
            new LaunchAnswer.Accepted(Sample.Task1), await Tasks().LaunchAsync(Launch, CancellationToken.None));
        Assert.Equal(_wire.Requests[0], _wire.Requests[1]);
    }

    [Fact]
    public async Task Refusal_after_a_broken_connection_does_not_prove_that_there_is_no_task()
    {
        _wire.Break().AnswerError("ThrottlingException", "Rate exceeded");

        Assert.IsType<LaunchAnswer.Unknown>(await Tasks().LaunchAsync(Launch, CancellationToken.None));
    }

    [Fact]
    public async Task Timeout_leaves_it_unknown_whether_there_is_a_task()
    {
        _wire.Hang();

        Assert.IsType<LaunchAnswer.Unknown>(
            await Tasks(TimeSpan.FromMilliseconds(50)).LaunchAsync(Launch, CancellationToken.None));
    }

    [Fact]
    public async Task Cancelled_call_is_cancelled_not_answered()
    {
        _wire.Hang();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Tasks().LaunchAsync(Launch, source.Token));
    }

    [Fact]
    public async Task Stop_gives_the_reason_and_takes_an_unknown_task_for_stopped()
    {
        _wire.Answer("{}").AnswerError("InvalidParameterException", "The referenced task was not found.");

        await Tasks().StopAsync(Sample.Task1, "Run x was cancelled.", CancellationToken.None);
        await Tasks().StopAsync(Sample.Task2, "Run x was cancelled.", CancellationToken.None);

        Assert.Equal(
            (Sample.Task1, "Run x was cancelled."), ((string)_wire.Json()["task"]!, (string)_wire.Json()["reason"]!));
    }

    [Fact]
    public async Task Describe_tells_stopped_alive_missing_and_unknown_apart()
    {
        _wire.Answer($$"""
            {"tasks":[
              {"taskArn":"{{Sample.Task1}}","taskDefinitionArn":"arn:td:7","lastStatus":"STOPPED","stopCode":"EssentialContainerExited","stoppedReason":"Essential container in task exited",
               "createdAt":1767600000.5,"startedAt":1767600010,"stoppedAt":1767600020.25,
               "containers":[{"name":"worker","exitCode":1,"lastStatus":"STOPPED"},{"name":"proxy","lastStatus":"STOPPED","reason":"CannotPullContainerError: no"}]},
              {"taskArn":"{{Sample.Task2}}","lastStatus":"SOMETHING_NEW"}],
             "failures":[{"arn":"arn:gone","reason":"MISSING"},{"arn":"arn:other","reason":"SOMETHING"}]}
            """);

        var readings = await Readings().DescribeAsync(
            [Sample.Task1, Sample.Task2, "arn:gone", "arn:other"], CancellationToken.None);

        var stopped = readings[Sample.Task1]!.Stopped!;
        Assert.Equal(
            ("EssentialContainerExited", 1, "arn:td:7"),
            (stopped.StopCode, stopped.Worker!.ExitCode, stopped.TaskDefinitionArn));
        Assert.Equal(new ContainerObservation("proxy", null, "CannotPullContainerError: no"), stopped.Containers[1]);
        Assert.Equal(
            DateTimeOffset.FromUnixTimeMilliseconds(1_767_600_020_250),
            stopped.StoppedAt!.Value,
            TimeSpan.FromMilliseconds(2));
        Assert.Equal(1, (int)JsonNode.Parse(stopped.Description!)!["containers"]![0]!["exitCode"]!);
        Assert.Null(JsonNode.Parse(stopped.Description!)!["containers"]![1]!["exitCode"]);
        Assert.Equal(("SOMETHING_NEW", null), (readings[Sample.Task2]!.LastStatus, readings[Sample.Task2]!.Stopped));
        Assert.Null(readings["arn:gone"]);
        Assert.False(readings.ContainsKey("arn:other"));
    }

    [Fact]
    public async Task Find_asks_by_launch_for_running_tasks_and_then_for_stopped_ones()
    {
        _wire.Answer("""{"taskArns":[]}""").Answer($$"""{"taskArns":["{{Sample.Task1}}"]}""");

        Assert.Equal([Sample.Task1], await Tasks().FindAsync(Launch.Id, CancellationToken.None));

        Assert.Equal(["RUNNING", "STOPPED"], new[] { 0, 1 }.Select(i => (string)_wire.Json(i)["desiredStatus"]!));
        Assert.All(new[] { 0, 1 }, i => Assert.Equal(Launch.Id.ToString(), (string)_wire.Json(i)["startedBy"]!));
    }

    private EcsTaskReadings Readings() => new(new Lazy<IAmazonECS>(Client()), Settings.Cluster);

    private EcsTasks Tasks(TimeSpan? timeout = null)
    {
        var ecs = Client(timeout);
        return new EcsTasks(ecs, new Lazy<IAmazonECS>(ecs), Settings);
    }

    private AmazonECSClient Client(TimeSpan? timeout = null) => new(
        StubWire.Credentials, _wire.Configure(new AmazonECSConfig { MaxStaleConnectionRetries = 0 }, timeout));
}
