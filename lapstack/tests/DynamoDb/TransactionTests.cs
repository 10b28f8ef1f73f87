using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Lapstack.Services.DynamoDb;

namespace Lapstack.Tests.DynamoDb;

/// <summary>Several items in one step, or none of them.</summary>
public sealed class TransactionTests(DynamoDbStack stack) : IClassFixture<DynamoDbStack>
{
    [Fact]
    public async Task All_parts_are_written_and_read_together()
    {
        using var client = stack.Client();
        await client.PutItemAsync("results", Item("all", "old", "x"));
        await client.PutItemAsync("results", Item("all", "gone", "x"));

        await client.TransactWriteItemsAsync(new()
        {
            TransactItems =
            [
                new() { Put = new() { TableName = "results", Item = Item("all", "new", "y") } },
                new()
                {
                    Update = new()
                    {
                        TableName = "results",
                        Key = Key("all", "old"),
                        UpdateExpression = "SET job = :j",
                        ExpressionAttributeValues = new() { [":j"] = new("z") },
                    },
                },
                new() { Delete = new() { TableName = "results", Key = Key("all", "gone") } },
                new()
                {
                    ConditionCheck = new()
                    {
                        TableName = "results",
                        Key = Key("all", "absent"),
                        ConditionExpression = "attribute_not_exists(pk)",
                    },
                },
            ],
        });
        var read = await client.TransactGetItemsAsync(new()
        {
            TransactItems = [.. ((string[])["new", "old", "gone", "absent"])
                .Select(sk => new TransactGetItem { Get = new() { TableName = "results", Key = Key("all", sk) } })],
        });

        Assert.Equal(
            ["y", "z", null, null], read.Responses.Select(response => response.Item?.GetValueOrDefault("job")?.S));
        Assert.Equal(2, (await client.QueryAsync(Query("all"))).Count);
    }

    [Fact]
    public async Task Failed_condition_takes_everything_back_and_says_which_failed()
    {
        using var client = stack.Client();
        await client.PutItemAsync("results", Item("back", "held", "first"));

        var cancelled =
            await Assert.ThrowsAsync<TransactionCanceledException>(() => client.TransactWriteItemsAsync(new()
            {
                TransactItems =
            [
                new() { Put = new() { TableName = "results", Item = Item("back", "new", "second") } },
                new()
                {
                    Put = new()
                    {
                        TableName = "results",
                        Item = Item("back", "held", "second"),
                        ConditionExpression = "attribute_not_exists(pk)",
                        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                    },
                },
            ],
            }));

        Assert.Equal(["None", "ConditionalCheckFailed"], cancelled.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal("first", cancelled.CancellationReasons[1].Item["job"].S);
        Assert.Equal("first", Assert.Single((await client.QueryAsync(Query("back"))).Items)["job"].S);
    }

    [Fact]
    public async Task Repeated_call_is_done_once()
    {
        using var client = stack.Client();
        TransactWriteItemsRequest Count(string by) => new()
        {
            ClientRequestToken = "once",
            TransactItems = [new() { Update = new() { TableName = "results", Key = Key("once", "a"),
                UpdateExpression = "ADD n :n", ExpressionAttributeValues = new() { [":n"] = new() { N = by } } } }],
        };

        await client.TransactWriteItemsAsync(Count("1"));
        await client.TransactWriteItemsAsync(Count("1"));

        Assert.Equal("1", (await client.GetItemAsync("results", Key("once", "a"))).Item["n"].N);
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(
            () => client.TransactWriteItemsAsync(Count("2")));
    }

    [Fact]
    public async Task Transactions_on_one_item_come_one_after_the_other()
    {
        using var client = stack.Client();
        await client.PutItemAsync("results", Item("race", "a", "x"));
        Task Take(int n) => client.TransactWriteItemsAsync(new()
        {
            TransactItems =
            [
                new() { Put = new() { TableName = "results", Item = Item("race", $"winner-{n}", "x") } },
                new()
                {
                    Update = new()
                    {
                        TableName = "results",
                        Key = Key("race", "a"),
                        UpdateExpression = "SET taken = :t",
                        ConditionExpression = "attribute_not_exists(taken)",
                        ExpressionAttributeValues = new() { [":t"] = new("t") },
                    },
                },
            ],
        });

        var takes = Enumerable.Range(0, 20).Select(Take).ToList();
        await Task.WhenAll(takes.Select(take => take.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(1, takes.Count(take => take.IsCompletedSuccessfully));
        Assert.Equal(2, (await client.QueryAsync(Query("race"))).Count);
    }

    [Theory]
    [InlineData("""{"TransactItems":[]}""", "ValidationException")]
    [InlineData("""{"TransactItems":[{"Get":{"TableName":"results","Key":{"pk":{"S":"a"},"sk":{"S":"a"}}}}]}""",
        "ValidationException")]
    [InlineData("""{"TransactItems":[{"Delete":{"TableName":"other","Key":{"pk":{"S":"a"},"sk":{"S":"a"}}}}]}""",
        "ResourceNotFoundException")]
    [InlineData("""{"TransactItems":[{"Delete":{"TableName":"results","Key":{"pk":{"S":"a"}}}}]}""",
        "ValidationException")]
    [InlineData("""{"TransactItems":[{"Delete":{"TableName":"results","Key":{"pk":{"S":"a"},"sk":{"S":"a"}}}},{"Put":{"TableName":"results","Item":{"sk":{"S":"a"},"pk":{"S":"a"}}}}]}""", "ValidationException")]
    [InlineData("""{"ReturnConsumedCapacity":"TOTAL","TransactItems":[]}""", "NotImplemented")]
    public async Task Bad_transaction_is_refused(string input, string code)
    {
        var answer = await stack.Stack.JsonAsync("dynamodb", "DynamoDB_20120810.TransactWriteItems", input);

        Assert.Contains(code, (string?)answer.Json["__type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_needs_the_grant_of_each_part()
    {
        using var worker = stack.Worker();
        Task WriteAsync(TransactWriteItem item) => worker.TransactWriteItemsAsync(new() { TransactItems = [item] });

        await WriteAsync(new() { Put = new() { TableName = "results", Item = Item("line-count/t", "a", "x") } });

        foreach (var part in (TransactWriteItem[])
        [
            new() { Put = new() { TableName = "results", Item = Item("other/t", "a", "x") } },
            new() { Delete = new() { TableName = "results", Key = Key("line-count/t", "a") } },
            new()
            {
                ConditionCheck = new()
                {
                    TableName = "results",
                    Key = Key("line-count/t", "a"),
                    ConditionExpression = "attribute_exists(pk)",
                },
            },
        ])
        {
            var denied = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => WriteAsync(part));
            Assert.Equal("AccessDeniedException", denied.ErrorCode);
        }
    }

    [Fact]
    public async Task Start_takes_back_what_a_crash_left_half_done()
    {
        using (var before = stack.Client()) await before.PutItemAsync("results", Item("crash", "new", "half"));
        var journal = Path.Combine(stack.Stack.Folder, "state", "dynamodb-transactions", "transaction.json");
        var key = JsonNode.Parse("""{"pk":{"S":"crash"},"sk":{"S":"new"}}""")!.AsObject();
        await File.WriteAllTextAsync(
            journal, System.Text.Json.JsonSerializer.Serialize(new List<OldItem> { new("results", key, null) }));

        await stack.Stack.RestartAsync();

        using var client = stack.Client();
        Assert.Empty((await client.QueryAsync(Query("crash"))).Items);
        Assert.False(File.Exists(journal));
    }

    private static QueryRequest Query(string pk) =>
        new()
        {
            TableName = "results",
            KeyConditionExpression = "pk = :p",
            ExpressionAttributeValues = new() { [":p"] = new(pk) },
            ConsistentRead = true,
        };

    private static Dictionary<string, AttributeValue> Key(string pk, string sk) =>
        new() { ["pk"] = new(pk), ["sk"] = new(sk) };

    private static Dictionary<string, AttributeValue> Item(string pk, string sk, string job) =>
        new(Key(pk, sk)) { ["job"] = new(job) };
}
