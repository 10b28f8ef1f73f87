using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Lapstack.Ground;
using Lapstack.Tests.Clocks;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.DynamoDb;

public sealed class TimeToLiveTests
{
    private const string Resources = """
        {
          "Runs": {"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"runs","BillingMode":"PAY_PER_REQUEST",
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
            "TimeToLiveSpecification":{"AttributeName":"expires","Enabled":true}}},
          "Kept": {"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"kept","BillingMode":"PAY_PER_REQUEST",
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}},
          "Powerless": {"Type":"AWS::IAM::Role","Properties":{"RoleName":"powerless","AssumeRolePolicyDocument":{}}}
        }
        """;

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Items_go_when_their_time_has_passed()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);
        using var client = Client(stack);
        var now = _clock.GetUtcNow();
        await PutAsync(client, "soon", now.AddMinutes(5));
        await PutAsync(client, "later", now.AddMinutes(60));
        await PutAsync(client, "ancient", now.AddYears(-6));
        await client.PutItemAsync("runs", new() { ["pk"] = new("text"), ["expires"] = new("1") });
        await client.PutItemAsync("runs", new() { ["pk"] = new("never") });

        await _clock.AdvanceAsync(TimeSpan.FromMinutes(10));

        await Eventually.TrueAsync(async () => (await client.ScanAsync(new ScanRequest("runs"))).Items.Count == 4);
        var left = (await client.ScanAsync(new ScanRequest("runs"))).Items.Select(item => item["pk"].S);
        Assert.Equal(["ancient", "later", "never", "text"], left.Order());
    }

    [Theory]
    [InlineData(-24)]
    [InlineData(8)]
    [InlineData(24)]
    public async Task Items_go_in_their_time_however_the_clock_is_set(int hours)
    {
        var machine = new MachineClock();
        var clock = new SteadyClock(machine);
        await using var stack = await EmulatedStack.StartAsync(Resources, clock);
        using var client = Client(stack);
        await PutAsync(client, "soon", clock.GetUtcNow().AddMinutes(5));
        await PutAsync(client, "later", clock.GetUtcNow().AddDays(3));
        await machine.TimerWithinAsync(SteadyClock.Station);

        machine.Set(TimeSpan.FromHours(hours));
        machine.Advance(TimeSpan.FromMinutes(10));

        await Eventually.TrueAsync(async () => (await client.ScanAsync(new ScanRequest("runs"))).Items.Count == 1);
        Assert.Equal("later", Assert.Single((await client.ScanAsync(new ScanRequest("runs"))).Items)["pk"].S);
    }

    [Theory]
    [InlineData("runs", "ENABLED", "expires")]
    [InlineData("kept", "DISABLED", null)]
    public async Task Time_to_live_is_described(string table, string status, string? attribute)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await stack.JsonAsync(
            "dynamodb", "DynamoDB_20120810.DescribeTimeToLive", $$"""{"TableName":"{{table}}"}""");
        var denied = await stack.JsonAsync(
            "dynamodb",
            "DynamoDB_20120810.DescribeTimeToLive",
            $$"""{"TableName":"{{table}}"}""",
            stack.As("Powerless"));

        var description = answer.Json["TimeToLiveDescription"]!;
        Assert.Equal(
            (status, attribute), ((string?)description["TimeToLiveStatus"], (string?)description["AttributeName"]));
        Assert.Equal(400, denied.Status);
    }

    private static Task<PutItemResponse> PutAsync(AmazonDynamoDBClient client, string pk, DateTimeOffset expires) =>
        client.PutItemAsync("runs", new()
        {
            ["pk"] = new(pk),
            ["expires"] = new() { N = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
        });

    private static AmazonDynamoDBClient Client(EmulatedStack stack) => new(
        EmulatedStack.Owner, new AmazonDynamoDBConfig
        {
            ServiceURL = stack.Url,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });
}
