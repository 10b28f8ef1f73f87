using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Lambda;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Lapstack.Tests.Lambda;

public sealed class LambdaServiceTests
{
    [Fact]
    public async Task Invocation_without_a_payload_gets_an_empty_object()
    {
        await using var bench = new LambdaBench();

        var response = await CallAsync(bench, "worker", "");

        Assert.Equal(200, response.Status);
        Assert.Equal("{}", (await ReadAsync(response))["event"]!.ToJsonString());
    }

    [Fact]
    public async Task Failed_function_is_an_answer_with_a_header()
    {
        await using var bench = new LambdaBench();

        var response = await CallAsync(bench, "worker", """{"fail":"no such file"}""");

        Assert.Equal(200, response.Status);
        Assert.Equal("Unhandled", response.Headers["X-Amz-Function-Error"]);
        Assert.Equal("no such file", (string?)(await ReadAsync(response))["errorMessage"]);
    }

    [Theory]
    [InlineData("worker", "{", "InvalidRequestContentException", 400)]
    [InlineData("other", "{}", "ResourceNotFoundException", 404)]
    public async Task Bad_invocation_is_refused_with_its_code(string function, string payload, string code, int status)
    {
        await using var bench = new LambdaBench();

        var error = await Assert.ThrowsAsync<ServiceError>(() => CallAsync(bench, function, payload));

        Assert.Equal((code, status), (error.Code, error.Status));
    }

    [Fact]
    public async Task Configuration_has_the_environment()
    {
        await using var bench = new LambdaBench();

        var configuration = await GetAsync(bench, "functions/worker/configuration");

        Assert.Equal(bench.Function.Environment.Count, configuration["Environment"]!["Variables"]!.AsObject().Count);
        Assert.All(
            bench.Function.Environment,
            one => Assert.Equal(one.Value, (string?)configuration["Environment"]!["Variables"]![one.Key]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?FunctionName=worker")]
    [InlineData("?EventSourceArn=" + LambdaBench.QueueArn)]
    [InlineData("mapping")]
    public async Task Event_source_mappings_are_told(string asked)
    {
        await using var bench = new LambdaBench();
        bench.Sources.Add(
            new EventSource(
                "mapping",
                LambdaBench.QueueArn,
                bench.Function.Arn,
                10,
                TimeSpan.FromSeconds(2),
                true,
                5,
                IsEnabled: false));

        var answer = await GetAsync(bench, "event-source-mappings/" + asked);

        var mapping = answer["EventSourceMappings"]?.AsArray().Single() ?? answer;
        Assert.Equal(
            ("mapping", "Disabled", 10, 2),
            (
                (string?)mapping["UUID"],
                (string?)mapping["State"],
                (int)mapping["BatchSize"]!,
                (int)mapping["MaximumBatchingWindowInSeconds"]!));
        Assert.Equal(
            (LambdaBench.QueueArn, bench.Function.Arn),
            ((string?)mapping["EventSourceArn"], (string?)mapping["FunctionArn"]));
        Assert.Equal(5, (int)mapping["ScalingConfig"]!["MaximumConcurrency"]!);
    }

    [Fact]
    public async Task Policy_has_the_permissions_of_the_template()
    {
        await using var bench = new LambdaBench();
        bench.Store.AddStatement(bench.Function.Arn, new JsonObject { ["Sid"] = "one" });
        bench.Store.AddStatement(bench.Function.Arn, new JsonObject { ["Sid"] = "two" });

        var policy = JsonNode.Parse((string)(await GetAsync(bench, "functions/worker/policy"))["Policy"]!)!;

        Assert.Equal(["one", "two"], policy["Statement"]!.AsArray().Select(statement => (string?)statement!["Sid"]));
    }

    [Theory]
    [InlineData("functions/worker/policy", "ResourceNotFoundException")]
    [InlineData("event-source-mappings/other", "ResourceNotFoundException")]
    [InlineData("event-source-mappings/?FunctionName=other", "ResourceNotFoundException")]
    [InlineData("event-source-mappings/?MaxItems=0", "InvalidParameterValueException")]
    [InlineData("functions/worker/aliases", "NotImplemented")]
    public async Task What_is_not_there_is_refused(string path, string code)
    {
        await using var bench = new LambdaBench();

        Assert.Equal(code, (await Assert.ThrowsAsync<ServiceError>(() => GetAsync(bench, path))).Code);
    }

    [Theory]
    [InlineData("event-source-mappings", "lambda:ListEventSourceMappings", "*")]
    [InlineData("event-source-mappings/m", "lambda:GetEventSourceMapping",
        "arn:aws:lambda:us-east-1:000000000000:event-source-mapping:m")]
    public async Task Reads_ask_for_their_own_permission(string path, string action, string resource)
    {
        await using var bench = new LambdaBench();

        var operation = await Service(bench).ReadAsync(Request("GET", path, ""), CancellationToken.None);

        Assert.Equal([new AccessRequest(action, resource)], operation.Access);
    }

    private static async Task<JsonNode> GetAsync(LambdaBench bench, string path) =>
        await ReadAsync(
            await (await Service(bench).ReadAsync(Request("GET", path, ""), CancellationToken.None))
                .Execute(CancellationToken.None));

    private static async Task<WireResponse> CallAsync(LambdaBench bench, string function, string payload) =>
        await (
            await Service(bench).ReadAsync(
                Request("POST", $"functions/{function}/invocations", payload), CancellationToken.None))
            .Execute(CancellationToken.None).WaitAsync(LambdaBench.Patience);

    private static LambdaService Service(LambdaBench bench)
    {
        var account = new Account("000000000000", "us-east-1");
        return new LambdaService(
            bench.Store, new EventSourceOperations(
                bench.Sources,
                bench.Store,
                account,
                TimeProvider.System), bench.Asynchronous, account, new Ids(new Random(1)));
    }

    private static WireRequest Request(string method, string path, string payload) => new()
    {
        RequestId = "request",
        Caller = Caller.Owner("000000000000"),
        Method = method,
        RawPath = $"/2015-03-31/{path.Split('?')[0]}",
        Query = new QueryCollection(
            QueryHelpers.ParseQuery(
                path.Contains('?', StringComparison.Ordinal)
                    ? path[path.IndexOf('?', StringComparison.Ordinal)..]
                    : "")),
        Headers = new HeaderDictionary(),
        Host = "127.0.0.1:4566",
        Body = new MemoryStream(Encoding.UTF8.GetBytes(payload)),
    };

    private static async Task<JsonNode> ReadAsync(WireResponse response)
    {
        using var body = new MemoryStream();
        await response.Body!(body, CancellationToken.None);
        return JsonNode.Parse(body.ToArray())!;
    }
}
