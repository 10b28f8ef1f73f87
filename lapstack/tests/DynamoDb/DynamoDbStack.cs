using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.DynamoDb;

/// <summary>One table for all tests of a class; each test uses keys of its own.</summary>
public sealed class DynamoDbStack : IAsyncLifetime
{
    private const string Resources = """
        {
          "Results": {"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"results","BillingMode":"PAY_PER_REQUEST",
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
            "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},{"AttributeName":"job","AttributeType":"S"}],
            "GlobalSecondaryIndexes":[{"IndexName":"ByJob","KeySchema":[{"AttributeName":"job","KeyType":"HASH"}],"Projection":{"ProjectionType":"ALL"}}],
            "TimeToLiveSpecification":{"AttributeName":"ttl","Enabled":true},
            "PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true}}},
          "Worker": {"Type":"AWS::IAM::Role","Properties":{"RoleName":"worker","AssumeRolePolicyDocument":{}}},
          "WorkerPolicy": {"Type":"AWS::IAM::Policy","Properties":{"PolicyName":"own-records","Roles":[{"Ref":"Worker"}],"PolicyDocument":{"Version":"2012-10-17",
            "Statement":[{"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:PutItem","dynamodb:UpdateItem","dynamodb:Query","dynamodb:BatchGetItem"],"Resource":{"Fn::GetAtt":["Results","Arn"]},
              "Condition":{"StringLike":{"dynamodb:LeadingKeys":"line-count/*"}}}]}}}
        }
        """;

    private EmulatedStack? _stack;

    internal EmulatedStack Stack => _stack ?? throw new InvalidOperationException("Not started.");

    internal AmazonDynamoDBClient Client(AWSCredentials? credentials = null) => new(
        credentials ?? EmulatedStack.Owner,
        new AmazonDynamoDBConfig { ServiceURL = Stack.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    internal AmazonDynamoDBClient Worker() => Client(Stack.As("Worker", "task-1"));

    public async Task InitializeAsync() => _stack = await EmulatedStack.StartAsync(Resources);

    public async Task DisposeAsync() => await Stack.DisposeAsync();
}
