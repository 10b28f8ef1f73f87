using System.Text.Json.Nodes;
using Lapstack.Ports;
using Lapstack.Services.Lambda;
using Lapstack.Template;

namespace Lapstack.Tests.Lambda;

public sealed class EventSourcesTests
{
    [Fact]
    public async Task Batch_that_succeeded_is_deleted()
    {
        await using var bench = new LambdaBench();
        await PollAsync(bench, reportsItemFailures: true, "a", "b");

        await bench.UntilAsync(() => bench.Deleted.Count == 2);
    }

    [Fact]
    public async Task Function_that_fails_leaves_its_batch_in_the_queue()
    {
        await using var bench = new LambdaBench(e => e["FAIL_INIT"] = "report");
        await PollAsync(bench, reportsItemFailures: true, "a");

        await bench.UntilAsync(() => bench.ReportedAsync("BatchFailed"));
        Assert.Empty(bench.Deleted);
    }

    [Fact]
    public async Task Mapping_whose_role_may_not_poll_is_refused()
    {
        await using var bench = new LambdaBench();
        bench.Refused = "sqs:DeleteMessage";

        await Assert.ThrowsAsync<TemplateException>(() => PollAsync(bench, reportsItemFailures: true));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("{}", "")]
    [InlineData("""{"batchItemFailures":null}""", "")]
    [InlineData("""{"batchItemFailures":[]}""", "")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"b"}]}""", "b")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"b"}]}""", "a,b")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""", "a,b")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""", "a,b")]
    [InlineData("""{"batchItemFailures":[{"id":"b"}]}""", "a,b")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"unknown"}]}""", "a,b")]
    [InlineData("""{"batchItemFailures":"b"}""", "a,b")]
    [InlineData("{not json", "a,b")]
    public void Answer_to_a_batch_of_a_and_b_fails(string answer, string failed)
    {
        var failures = SqsEvent.Failures([Message("a"), Message("b")], System.Text.Encoding.UTF8.GetBytes(answer));

        Assert.Equal(failed, string.Join(',', failures.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Event_has_the_documented_members()
    {
        var attributes = new JsonObject
        {
            ["kind"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "x" },
        };
        var rendered = JsonNode.Parse(
            SqsEvent.Render([Message("a") with { MessageAttributes = attributes }], LambdaBench.QueueArn,
                "us-east-1"))!;

        Assert.Equal(
            JsonNode.Parse("""
            {"Records":[{"messageId":"a","receiptHandle":"a","body":"{}","attributes":{"ApproximateReceiveCount":"1"},
            "messageAttributes":{"kind":{"dataType":"String","stringValue":"x","stringListValues":[],"binaryListValues":[]}},
            "md5OfBody":"99914b932bd37a50b983c5e7c90ae93b","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:inbox",
            "awsRegion":"us-east-1"}]}
            """)!.ToJsonString(),
            rendered.ToJsonString());
    }

    private static async Task PollAsync(LambdaBench bench, bool reportsItemFailures, params string[] ids)
    {
        foreach (var id in ids) bench.Inbox.Enqueue(Message(id));
        bench.Sources.Add(
            new EventSource(
                "mapping", LambdaBench.QueueArn, bench.Function.Arn, 10, TimeSpan.Zero, reportsItemFailures, null));
        await bench.Sources.StartAsync(CancellationToken.None);
    }

    private static QueueMessage Message(string id) => new(
        id, id, "{}", "99914b932bd37a50b983c5e7c90ae93b", new Dictionary<string, string>
        {
            ["ApproximateReceiveCount"] = "1",
        }, []);
}
