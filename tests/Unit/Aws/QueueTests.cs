using System.Text.Json.Nodes;
using Amazon.ECS;
using Amazon.SQS;
using Jobs.Aws.Metrics;
using Jobs.Aws.Queues;
using Jobs.Core.Backlog;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

public sealed class QueueTests
{
    private readonly StubWire _wire = new();

    [Fact]
    public async Task Queue_is_asked_for_the_two_numbers()
    {
        _wire.Answer(
            """{"Attributes":{"ApproximateNumberOfMessages":"1200","ApproximateNumberOfMessagesNotVisible":"7"}}""");

        Assert.Equal(new QueueReading(1_200, 7), await Reader().ReadAsync("drain", default));

        Assert.Equal("GetQueueAttributes", Assert.Single(_wire.Requests).Operation);
        Assert.Equal(
            """{"AttributeNames":["ApproximateNumberOfMessages","ApproximateNumberOfMessagesNotVisible"],"QueueUrl":"https://sqs/drain"}""",
            _wire.Requests[0].Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Attributes":{"ApproximateNumberOfMessages":"3"}}""")]
    public async Task Number_that_is_missing_is_unknown_and_not_zero(string answer)
    {
        _wire.Answer(answer);

        await Assert.ThrowsAnyAsync<Exception>(() => Reader().ReadAsync("drain", default));
    }

    [Fact]
    public async Task Service_is_asked_for_its_counts()
    {
        _wire.Answer(
            """{"services":[{"serviceName":"shop_drain","desiredCount":4,"runningCount":1,"pendingCount":3}],"failures":[]}""");

        Assert.Equal(new ServiceReading(4, 1), await Services().ReadAsync("drain", default));

        Assert.Equal(
            """{"cluster":"arn:aws:ecs:eu-central-1:1:cluster/c","services":["shop_drain"]}""",
            Assert.Single(_wire.Requests).Body);
    }

    [Fact]
    public async Task Service_that_is_missing_is_no_service_of_zero_tasks()
    {
        _wire.Answer("""{"services":[],"failures":[{"arn":"arn:x","reason":"MISSING"}]}""");

        Assert.Equal(
            "The cluster has no service shop_drain (MISSING). Deploy the stack again.",
            (
                await Assert.ThrowsAsync<InvalidOperationException>(() => Services()
                    .ReadAsync("drain", default))).Message);
    }

    [Fact]
    public async Task Waking_asks_for_one_task_and_changes_nothing_else()
    {
        _wire.Answer("""{"service":{}}""");

        await Services().WakeAsync("drain", default);

        Assert.Equal(
            (
                "UpdateService",
                """{"cluster":"arn:aws:ecs:eu-central-1:1:cluster/c","desiredCount":1,"service":"shop_drain"}"""),
            Assert.Single(_wire.Requests));
    }

    [Fact]
    public void Metric_is_one_line_as_CloudWatch_specifies_it()
    {
        var lines = new List<string>();

        new EmbeddedBacklogMetrics("shop", lines.Add, new ManualClock()).Publish("drain", 12.5);

        var line = Assert.Single(lines);
        Assert.DoesNotContain('\n', line);
        var json = JsonNode.Parse(line)!;
        Assert.Equal(
            """{"Namespace":"Jobs","Dimensions":[["Stack","Job"]],"Metrics":[{"Name":"BacklogPerTask","Unit":"Count"}]}""",
            json["_aws"]!["CloudWatchMetrics"]![0]!.ToJsonString());
        Assert.Equal(new ManualClock().GetUtcNow().ToUnixTimeMilliseconds(), (long)json["_aws"]!["Timestamp"]!);
        Assert.Equal(
            ("shop", "drain", 12.5), ((string)json["Stack"]!, (string)json["Job"]!, (double)json["BacklogPerTask"]!));
    }

    private SqsQueueReader Reader() => new(
        new AmazonSQSClient(StubWire.Credentials, _wire.Configure(new AmazonSQSConfig())), job => $"https://sqs/{job}");

    private EcsQueueServices Services() => new(
        new Lazy<IAmazonECS>(
            () => new AmazonECSClient(StubWire.Credentials,
                _wire.Configure(new AmazonECSConfig()))), "shop", "arn:aws:ecs:eu-central-1:1:cluster/c");
}
