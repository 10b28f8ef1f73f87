using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Aws.Workers;

public sealed class DynamoRunInputsTests
{
    private readonly RunId _run = RunId.From("csv-import", "one");

    [Fact]
    public async Task Small_input_rides_on_the_control_item_and_costs_half_a_read_unit()
    {
        using var aws = new FakeAws(_ => FakeAws.Answer(HttpStatusCode.OK, """{"Item":{"input":{"S":"{}"}}}"""));

        Assert.Equal("{}", await ReadAsync(aws));

        var request = JsonNode.Parse(aws.Calls.Single().Body)!;
        Assert.Equal(
            (false, "#input, #key, #labels, #state", "run"),
            (
                (bool?)request["ConsistentRead"],
                (string?)request["ProjectionExpression"],
                (string?)request["Key"]!["sk"]!["S"]));
    }

    [Fact]
    public async Task Input_that_an_eventually_consistent_read_does_not_find_is_read_again_consistently()
    {
        using var aws = new FakeAws(call => FakeAws.Answer(
            HttpStatusCode.OK,
            (bool?)JsonNode.Parse(call.Body)!["ConsistentRead"] == true ? """{"Item":{"input":{"S":"{}"}}}""" : "{}"));

        Assert.Equal("{}", await ReadAsync(aws));
        Assert.Equal(2, aws.Calls.Count);
    }

    [Fact]
    public async Task Large_input_is_an_item_of_its_own()
    {
        using var aws = new FakeAws(call => FakeAws.Answer(
            HttpStatusCode.OK, Encoding.UTF8.GetString(call.Body).Contains("\"S\":\"input\"", StringComparison.Ordinal)
                ? """{"Item":{"input":{"S":"[1]"}}}"""
                : "{\"Item\":{}}"));
        Assert.Equal("[1]", await ReadAsync(aws));
    }

    [Theory]
    [InlineData("", "[7]")]
    [InlineData(""","input":{"S":"{\"run\":\"r\"}"}""", """{"run":"r","result":[7]}""")]
    public async Task Result_in_s3_is_read_through(string input, string expected)
    {
        using var aws = new FakeAws(call => FakeAws.Answer(
            HttpStatusCode.OK, Encoding.UTF8.GetString(call.Body).Contains("\"S\":\"input\"", StringComparison.Ordinal)
                ? "{}"
                : $$$"""{"Item":{"inputKey":{"S":"k"}{{{input}}}}}"""));

        var inputs = new DynamoRunInputs(
            aws.DynamoDb(), "runs", (key, _) => Task.FromResult(key == "k" ? "[7]" : "wrong"));

        Assert.Equal(expected, (await inputs.ReadAsync(_run, CancellationToken.None))!.Json);
    }

    [Fact]
    public async Task What_the_run_is_called_comes_with_its_input()
    {
        using var aws = new FakeAws(_ => FakeAws.Answer(
            HttpStatusCode.OK, """{"Item":{"input":{"S":"{}"},"labels":{"SS":["team=billing","order=17"]}}}"""));

        var input = await new DynamoRunInputs(aws.DynamoDb(), "runs").ReadAsync(_run, CancellationToken.None);

        Assert.Equal(["order=17", "team=billing"], input!.Labels);
    }

    [Fact]
    public async Task Run_that_is_not_there_has_none()
    {
        using var aws = new FakeAws(_ => FakeAws.Answer(HttpStatusCode.OK, "{}"));
        Assert.Null(await ReadAsync(aws));
    }

    private async Task<string?> ReadAsync(FakeAws aws) =>
        (await new DynamoRunInputs(aws.DynamoDb(), "runs").ReadAsync(_run, CancellationToken.None))?.Json;
}
