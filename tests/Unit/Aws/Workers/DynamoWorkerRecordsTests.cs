using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Workers;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Aws.Workers;

public sealed class DynamoWorkerRecordsTests : IDisposable
{
    private const string Arn = "arn:aws:ecs:eu-west-1:111122223333:task/jobs/1";

    private static readonly DateTimeOffset At = new(2026, 1, 5, 9, 0, 0, 250, TimeSpan.FromHours(1));

    private readonly FakeAws _aws = new(_ => FakeAws.Answer(HttpStatusCode.OK, "{}"));
    private readonly LaunchId _launch = new(RunId.From("csv-import", "one"), 2);

    public void Dispose() => _aws.Dispose();

    [Fact]
    public async Task Claim_is_one_conditional_update_that_clears_the_leftovers()
    {
        Assert.True(await Records().ClaimAsync(_launch, "arn", At, CancellationToken.None));

        var request = Request();
        Assert.Equal("results", (string?)request["TableName"]);
        Assert.Equal($$$"""{"pk":{"S":"{{{_launch.Run}}}"},"sk":{"S":"worker"}}""", request["Key"]!.ToJsonString());
        Assert.Equal(
            "SET #launch = :launch, #task = :task, #claimedAt = :claimedAt, #expiresAt = :expiresAt "
            + "REMOVE #heartbeatAt, #completedAt, #exitCode, #progress, #result, #resultKey, #error, #children, #labels, " +
            "#packed",
            (string?)request["UpdateExpression"]);
        Assert.Equal(
            "(attribute_not_exists(#closed) OR #closed < :launch) AND (attribute_not_exists(#launch) OR #launch < " +
            ":launch OR (#launch = :launch AND #task = :task))", (string?)request["ConditionExpression"]);
        Assert.Equal(
            """{":launch":{"N":"2"},":task":{"S":"arn"},":claimedAt":{"S":"2026-01-05T08:00:00.250Z"},":expiresAt":{"N":"1783152000"}}""",
            request["ExpressionAttributeValues"]!.ToJsonString());
        Assert.Single(_aws.Calls);
    }

    [Fact]
    public async Task Heartbeat_and_completion_hold_only_for_the_launch_that_claimed()
    {
        await Records().HeartbeatAsync(_launch, At, new WorkerProgress(0.25, "a quarter"), CancellationToken.None);
        await Records().SaveCheckpointAsync(_launch, "1", CancellationToken.None);
        await Records().CompleteAsync(_launch, At, new WorkerOutcome(0) { ResultJson = "{}" }, CancellationToken.None);

        Assert.All(
            _aws.Calls,
            call =>
                Assert.Equal(
                    "#launch = :launch AND (attribute_not_exists(#closed) OR #closed < :launch)",
                    (string?)JsonNode.Parse(call.Body)!["ConditionExpression"]));
    }

    [Fact]
    public async Task Result_takes_the_checkpoint_away_in_the_same_call_and_an_error_leaves_it()
    {
        await Records().CompleteAsync(_launch, At, new WorkerOutcome(0) { ResultKey = "k" }, CancellationToken.None);
        await Records().CompleteAsync(
            _launch, At, new(64) { Error = new WorkerError("T", "m", null, true) }, CancellationToken.None);

        var updates = _aws.Calls.Select(call => (string?)JsonNode.Parse(call.Body)!["UpdateExpression"]).ToList();
        Assert.EndsWith(" REMOVE #checkpoint", updates[0], StringComparison.Ordinal);
        Assert.DoesNotContain("checkpoint", updates[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_is_read_consistently_and_alone()
    {
        using var aws = new FakeAws(_ => FakeAws.Answer(HttpStatusCode.OK, """{"Item":{"checkpoint":{"S":"[1]"}}}"""));

        Assert.Equal(
            "[1]",
            await new DynamoWorkerRecords(aws.DynamoDb(), "results")
                .ReadCheckpointAsync(_launch.Run, CancellationToken.None));

        var request = JsonNode.Parse(aws.Calls.Single().Body)!;
        Assert.Equal(
            (true, "checkpoint", "worker"),
            (
                (bool?)request["ConsistentRead"],
                (string?)request["ProjectionExpression"],
                (string?)request["Key"]!["sk"]!["S"]));
    }

    [Fact]
    public async Task Lost_condition_is_an_answer_and_any_other_error_is_not()
    {
        using var lost = new FakeAws(_ => FakeAws.Answer(
            HttpStatusCode.BadRequest,
            """{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no"}"""));
        Assert.False(
            await new DynamoWorkerRecords(lost.DynamoDb(), "results")
                .ClaimAsync(_launch, "arn", At, CancellationToken.None));

        using var denied = new FakeAws(_ => FakeAws.Answer(
            HttpStatusCode.BadRequest,
            """{"__type":"com.amazon.coral.service#AccessDeniedException","message":"no"}"""));
        await Assert.ThrowsAnyAsync<Amazon.DynamoDBv2.AmazonDynamoDBException>(
            () =>
                new DynamoWorkerRecords(denied.DynamoDb(), "results")
                    .ClaimAsync(_launch, "arn", At, CancellationToken.None));
    }

    [Fact]
    public async Task Record_reads_back_what_was_written()
    {
        var outcome = new WorkerOutcome(-7)
        {
            ResultJson = """{"rows":1}""",
            ResultKey = "_jobs/results/x",
            Error = new WorkerError("T", "m", "s", Retryable: false),
            Labels = ["team=billing"],
            LogTail = ["one", "two"],
        };
        await Records().ClaimAsync(_launch, Arn, At, CancellationToken.None);
        await Records().HeartbeatAsync(_launch, At, new WorkerProgress(0.25, null), CancellationToken.None);
        await Records().SaveCheckpointAsync(_launch, "[1]", CancellationToken.None);
        await Records().CompleteAsync(_launch, At, outcome, CancellationToken.None);

        var record = WorkerItems.Read(Written());

        var expected = new WorkerRecord(2, Arn, At)
        {
            HeartbeatAt = At,
            CompletedAt = At,
            Progress = new WorkerProgress(0.25, null),
            ResultJson = outcome.ResultJson,
            ResultKey = outcome.ResultKey,
            Error = outcome.Error,
            Labels = outcome.Labels,
            LogTail = outcome.LogTail,
            ExitCode = -7,
            CheckpointJson = "[1]",
        };
        Assert.Equivalent(expected, record, strict: true);
    }

    private DynamoWorkerRecords Records() => new(_aws.DynamoDb(), "results");

    private JsonNode Request() => JsonNode.Parse(_aws.Calls.Single().Body)!;

    /// <summary>All that the calls set, as DynamoDB would have it.</summary>
    private Dictionary<string, AttributeValue> Written() => _aws.Calls
        .SelectMany(call => JsonNode.Parse(call.Body)!["ExpressionAttributeValues"]!.AsObject())
        .GroupBy(pair => pair.Key[1..])
        .ToDictionary(same => same.Key, same => ToValue(same.Last().Value!));

    private static AttributeValue ToValue(JsonNode node)
    {
        var (type, value) = node.AsObject().Single();
        return type switch
        {
            "S" => new AttributeValue { S = (string?)value },
            "B" => new AttributeValue { B = new MemoryStream(Convert.FromBase64String((string)value!)) },
            "N" => new AttributeValue { N = (string?)value },
            "BOOL" => new AttributeValue { BOOL = (bool?)value },
            "SS" => new AttributeValue { SS = [.. value!.AsArray().Select(one => (string)one!)] },
            "L" => new AttributeValue { L = [.. value!.AsArray().Select(one => ToValue(one!))] },
            "M" =>
                new AttributeValue
                {
                    M = value!.AsObject().ToDictionary(pair => pair.Key, pair => ToValue(pair.Value!)),
                },
            _ => throw new JsonException($"No attribute type {type}"),
        };
    }
}
