using System.Net;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Aws.Workers;

public sealed class DynamoRunStopsTests
{
    private readonly RunId _run = RunId.From("csv-import", "one");

    [Theory]
    [InlineData(null)]
    [InlineData(StopCause.Cancelled)]
    [InlineData(StopCause.TimedOut)]
    [InlineData(StopCause.HeartbeatLost)]
    public async Task Control_item_as_the_run_store_writes_it_is_understood(StopCause? cause)
    {
        var run = RunLifecycle.Submit(
            _run,
            "test",
            RunPolicy.Of(new JobDefinition("csv-import")),
            "{}",
            new LaunchPermit(null),
            DateTimeOffset.UnixEpoch) with
        { Launch = 4, StopCause = cause };
        using var aws = new FakeAws(_ => FakeAws.Answer(HttpStatusCode.OK, Answer(RunItems.Write(run))));

        var stop = await new DynamoRunStops(aws.DynamoDb(), "runs").ReadAsync(_run, CancellationToken.None);

        Assert.Equal(new RunStop(4, cause), stop);
        var request = JsonNode.Parse(aws.Calls.Single().Body)!;
        Assert.Equal((true, "run"), ((bool?)request["ConsistentRead"], (string?)request["Key"]!["sk"]!["S"]));
    }

    [Fact]
    public async Task Cause_of_a_later_version_is_none_that_this_one_knows()
    {
        using var aws = new FakeAws(
            _ =>
                FakeAws.Answer(
                    HttpStatusCode.OK, """{"Item":{"launch":{"N":"1"},"stopCause":{"S":"SomethingNew"}}}"""));
        Assert.Equal(
            new RunStop(1, null),
            await new DynamoRunStops(aws.DynamoDb(), "runs").ReadAsync(_run, CancellationToken.None));
    }

    [Fact]
    public async Task Run_that_is_not_there_says_nothing()
    {
        using var aws = new FakeAws(_ => FakeAws.Answer(HttpStatusCode.OK, "{}"));
        Assert.Null(await new DynamoRunStops(aws.DynamoDb(), "runs").ReadAsync(_run, CancellationToken.None));
    }

    private static string Answer(Dictionary<string, AttributeValue> item) => new JsonObject
    {
        ["Item"] = new JsonObject(item.Where(pair => pair.Value.S is not null || pair.Value.N is not null)
            .Select(pair => KeyValuePair.Create(
            pair.Key, (JsonNode?)new JsonObject
            {
                [pair.Value.S is null ? "N" : "S"] = pair.Value.S ?? pair.Value.N,
            }))),
    }.ToJsonString();
}
