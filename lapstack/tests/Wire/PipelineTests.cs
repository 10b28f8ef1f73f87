using System.Net;
using System.Text;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Wire;

public sealed class PipelineTests
{
    private const string Nothing = "{}";

    [Fact]
    public async Task Service_the_emulator_lacks_is_501_and_named()
    {
        await using var stack = await EmulatedStack.StartAsync(Nothing);
        using var answer = await SendAsync(stack, "kinesis", target: "Kinesis_20131202.PutRecord");

        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Contains("PutRecord of kinesis", body, StringComparison.Ordinal);
        Assert.Contains("\"__type\":\"NotImplemented\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_the_emulator_lacks_is_named_with_its_action_in_a_form_too()
    {
        await using var stack = await EmulatedStack.StartAsync(Nothing);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, stack.Host.Endpoint)
        {
            Content = new FormUrlEncodedContent([new("Action", "ListRoles")]),
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0");

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Contains("ListRoles of iam", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_error_carries_type_and_request_id()
    {
        await using var stack = await EmulatedStack.StartAsync(Nothing);
        using var answer = await SendAsync(stack, "dynamodb", target: "DynamoDB_20120810.GetItem", body: "not json");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/x-amz-json-1.0", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("#SerializationException", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("x-amzn-RequestId"));
    }

    [Fact]
    public async Task Unsigned_request_without_target_is_for_S3()
    {
        await using var stack = await EmulatedStack.StartAsync(Nothing);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(stack.Host.Endpoint, "/absent/key"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(
            "<Code>NoSuchBucket</Code>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_in_use_is_an_error_with_the_port_and_the_remedy()
    {
        await using var stack = await EmulatedStack.StartAsync(Nothing);
        var folder = Directory.CreateTempSubdirectory("emulated-").FullName;
        EmulatedStack.Write(folder, Nothing);
        var port = stack.Host.Endpoint.Port;

        var taken = await Assert.ThrowsAsync<PortInUseException>(
            () => LapstackHost.StartAsync(EmulatedStack.Options(folder) with { Port = port }));

        Assert.Contains($"Port {port} is in use", taken.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        EmulatedStack stack, string service, string target, string body = "{}")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, stack.Host.Endpoint)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        return await http.SendAsync(request);
    }
}
