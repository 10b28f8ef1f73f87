using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Jobs.Aws.Workers;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Aws.Workers;

public sealed class DynamoRunInputsTests
{
    private readonly RunId _run = RunId.From("csv-import", "one");

    [Fact]
    public async Task Small_input_rides_on_the_control_item_and_costs_one_consistent_read()
    {
        using var aws = new FakeAws(_ => FakeAws.Answer(HttpStatusCode.OK, """{"Item":{"input":{"S":"{}"}}}"""));

        Assert.Equal("{}", await new DynamoRunInputs(aws.DynamoDb(), "runs").ReadAsync(_run, CancellationToken.None));

        var request = JsonNode.Parse(aws.Calls.Single().Body)!;
        Assert.Equal((true, "#input", "run"), ((bool?)request["ConsistentRead"], (string?)request["ProjectionExpression"], (string?)request["Key"]!["sk"]!["S"]));
    }

    [Fact]
    public async Task Large_input_is_an_item_of_its_own()
    {
        using var aws = new FakeAws(call => FakeAws.Answer(
            HttpStatusCode.OK, Encoding.UTF8.GetString(call.Body).Contains("\"S\":\"input\"", StringComparison.Ordinal) ? """{"Item":{"input":{"S":"[1]"}}}""" : "{\"Item\":{}}"));
        Assert.Equal("[1]", await new DynamoRunInputs(aws.DynamoDb(), "runs").ReadAsync(_run, CancellationToken.None));
    }

    [Fact]
    public async Task Run_that_is_not_there_has_none()
    {
        using var aws = new FakeAws(_ => FakeAws.Answer(HttpStatusCode.OK, "{}"));
        Assert.Null(await new DynamoRunInputs(aws.DynamoDb(), "runs").ReadAsync(_run, CancellationToken.None));
    }
}
