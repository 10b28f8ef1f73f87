using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Lapstack.Tests.DynamoDb;

public sealed class DynamoDbTests(DynamoDbStack stack) : IClassFixture<DynamoDbStack>
{
    [Fact]
    public async Task Items_and_indexes_answer_and_survive_a_restart()
    {
        using (var before = stack.Client()) await before.PutItemAsync("results", Item("kept/1", "a", job: "kept"));
        await stack.Stack.RestartAsync();
        using var client = stack.Client();

        var got = await client.GetItemAsync("results", Key("kept/1", "a"));
        var queried = await client.QueryAsync(
            new()
            {
                TableName = "results",
                IndexName = "ByJob",
                KeyConditionExpression = "job = :j",
                ExpressionAttributeValues = new() { [":j"] = new("kept") },
            });
        var described = await client.DescribeTableAsync("results");

        Assert.Equal("kept", got.Item["job"].S);
        Assert.Single(queried.Items);
        Assert.Equal(TableStatus.ACTIVE, described.Table.TableStatus);
        Assert.Equal("arn:aws:dynamodb:us-east-1:000000000000:table/results", described.Table.TableArn);
    }

    [Fact]
    public async Task Failed_condition_returns_the_item_when_asked()
    {
        using var client = stack.Client();
        await client.PutItemAsync("results", Item("condition/1", "a", job: "first"));

        var failed =
            await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => client.PutItemAsync(new PutItemRequest
            {
                TableName = "results",
                Item = Item("condition/1", "a", job: "second"),
                ConditionExpression = "attribute_not_exists(pk)",
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            }));

        Assert.Equal(HttpStatusCode.BadRequest, failed.StatusCode);
        Assert.Equal("first", failed.Item["job"].S);
    }

    [Fact]
    public async Task Role_reaches_only_the_partition_keys_its_condition_names()
    {
        using var worker = stack.Worker();

        await worker.PutItemAsync("results", Item("line-count/1", "a"));
        var read = await worker.QueryAsync(new()
        {
            TableName = "results",
            KeyConditionExpression = "#p = :p AND begins_with(sk, :s)",
            ExpressionAttributeNames = new() { ["#p"] = "pk" },
            ExpressionAttributeValues = new() { [":p"] = new("line-count/1"), [":s"] = new("a") },
        });
        var denied = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => worker.PutItemAsync("results", Item("other-job/1", "a")));

        Assert.Single(read.Items);
        Assert.Equal((HttpStatusCode.BadRequest, "AccessDeniedException"), (denied.StatusCode, denied.ErrorCode));
        Assert.EndsWith("policy allows the dynamodb:PutItem action", denied.Message, StringComparison.Ordinal);
        Assert.Contains(
            await stack.Stack.ReportsAsync("IAM"),
            line => line.EndsWith("dynamodb:LeadingKeys = other-job/1).", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scan_and_index_have_no_leading_key_the_condition_could_allow()
    {
        using var worker = stack.Worker();

        var scan = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => worker.ScanAsync(new ScanRequest("results")));
        var index = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => worker.QueryAsync(new()
        {
            TableName = "results",
            IndexName = "ByJob",
            KeyConditionExpression = "job = :j",
            ExpressionAttributeValues = new() { [":j"] = new("line-count/1") },
        }));

        Assert.Equal("AccessDeniedException", scan.ErrorCode);
        Assert.Contains("table/results/index/ByJob", index.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExecuteTransaction")]
    [InlineData("UpdateTimeToLive")]
    public async Task What_is_not_there_is_501_and_named(string operation)
    {
        var refused = await stack.Stack.JsonAsync("dynamodb", $"DynamoDB_20120810.{operation}", "{}");

        Assert.Equal(501, refused.Status);
        Assert.Contains(operation, (string?)refused.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slot_expressions_of_contains_size_and_set_arithmetic_work()
    {
        using var client = stack.Client();
        await client.PutItemAsync("results", Item("slots/1", "a"));
        Task TakeAsync(string me) => client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = "results",
            Key = Key("slots/1", "a"),
            UpdateExpression = "ADD holders :set",
            ConditionExpression = "attribute_not_exists(holders) OR contains(holders, :me) OR size(holders) < :cap",
            ExpressionAttributeValues = new()
            {
                [":set"] = new() { SS = [me] },
                [":me"] = new(me),
                [":cap"] = new() { N = "2" },
            },
        });

        await TakeAsync("one");
        await TakeAsync("two");
        await TakeAsync("two");

        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => TakeAsync("three"));
    }

    private static Dictionary<string, AttributeValue> Key(string pk, string sk) =>
        new() { ["pk"] = new(pk), ["sk"] = new(sk) };

    private static Dictionary<string, AttributeValue> Item(string pk, string sk, string job = "any") =>
        new(Key(pk, sk)) { ["job"] = new(job) };
}
