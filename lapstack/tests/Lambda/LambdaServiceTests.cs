using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Services.Lambda;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;

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

    private static async Task<WireResponse> CallAsync(LambdaBench bench, string function, string payload)
    {
        var service = new LambdaService(bench.Store, bench.Asynchronous, new Account("000000000000", "us-east-1"), new Ids(new Random(1)));
        var request = new WireRequest
        {
            RequestId = "request",
            Caller = Caller.Owner("000000000000"),
            Method = "POST",
            RawPath = $"/2015-03-31/functions/{function}/invocations",
            Query = QueryCollection.Empty,
            Headers = new HeaderDictionary(),
            Host = "127.0.0.1:4566",
            Body = new MemoryStream(Encoding.UTF8.GetBytes(payload)),
        };
        return await (await service.ReadAsync(request, CancellationToken.None)).Execute(CancellationToken.None).WaitAsync(LambdaBench.Patience);
    }

    private static async Task<JsonNode> ReadAsync(WireResponse response)
    {
        using var body = new MemoryStream();
        await response.Body!(body, CancellationToken.None);
        return JsonNode.Parse(body.ToArray())!;
    }
}
