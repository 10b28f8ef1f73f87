using Amazon.DynamoDBv2;
using Lapstack.Tests.Stacks;

namespace Jobs.Tests.Unit.Aws;

/// <summary>
/// The two tables as the stack declares them, on a local DynamoDB that all tests of the collection share; each uses
/// runs of its own.
/// </summary>
public sealed class DynamoTables : IAsyncLifetime, IDisposable
{
    public const string Runs = "runs";
    public const string Results = "results";

    private const string Resources = """
        {
          "Runs": {"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"runs","BillingMode":"PAY_PER_REQUEST",
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
            "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},{"AttributeName":"watch","AttributeType":"S"},
              {"AttributeName":"waiting","AttributeType":"S"},{"AttributeName":"turn","AttributeType":"S"},{"AttributeName":"nextCheckAt","AttributeType":"S"},{"AttributeName":"history","AttributeType":"S"},{"AttributeName":"createdAt","AttributeType":"S"}],
            "GlobalSecondaryIndexes":[
              {"IndexName":"watch","KeySchema":[{"AttributeName":"watch","KeyType":"HASH"},{"AttributeName":"nextCheckAt","KeyType":"RANGE"}],
                "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["cpu"]}},
              {"IndexName":"waiting","KeySchema":[{"AttributeName":"waiting","KeyType":"HASH"},{"AttributeName":"turn","KeyType":"RANGE"}],"Projection":{"ProjectionType":"ALL"}},
              {"IndexName":"history","KeySchema":[{"AttributeName":"history","KeyType":"HASH"},{"AttributeName":"createdAt","KeyType":"RANGE"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["labels"]}}]}},
          "Results": {"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"results","BillingMode":"PAY_PER_REQUEST",
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
            "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"}]}}
        }
        """;

    private EmulatedStack? _stack;
    private AmazonDynamoDBClient? _client;

    internal AmazonDynamoDBClient Client => _client ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        _stack = await EmulatedStack.StartAsync(Resources);
        _client = new AmazonDynamoDBClient(
            EmulatedStack.Owner,
            new AmazonDynamoDBConfig
            {
                ServiceURL = _stack.Url,
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            });
    }

    public async Task DisposeAsync()
    {
        if (_stack is not null) await _stack.DisposeAsync();
    }

    public void Dispose() => _client?.Dispose();

    [CollectionDefinition(nameof(DynamoTables))]
    public sealed class Collection : ICollectionFixture<DynamoTables>;
}
