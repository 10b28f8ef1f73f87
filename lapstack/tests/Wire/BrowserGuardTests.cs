using System.Net;
using Lapstack.Tests.Stacks;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Tests.Wire;

public sealed class BrowserGuardTests
{
    [Theory]
    [InlineData("127.0.0.1:4566")]
    [InlineData("[::1]:4566")]
    [InlineData("localhost:4566")]
    [InlineData("uploads.localhost:4566")]
    [InlineData("uploads.s3.localhost.localstack.cloud:4566")]
    [InlineData("uploads.s3.us-east-1.amazonaws.com")]
    [InlineData("")]
    public void Name_of_this_machine_or_of_AWS_is_answered(string host) =>
        Assert.Null(BrowserGuard.Refusal(Request(host)));

    [Theory]
    [InlineData("rebound.example:4566")]
    [InlineData("localhost.example")]
    [InlineData("127.0.0.1.example")]
    [InlineData("notlocalhost")]
    [InlineData("amazonaws.com.example")]
    [InlineData("192.0.2.7")]
    public void Other_name_is_refused_and_named(string host) =>
        Assert.Contains($"'{host.Split(':')[0]}'", BrowserGuard.Refusal(Request(host)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Origin", "http://127.0.0.1:8080")]
    [InlineData("Origin", "http://[::1]:8080")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    public void Page_of_this_machine_may_call(string header, string value) =>
        Assert.Null(BrowserGuard.Refusal(Request("localhost:4566", (header, value))));

    [Theory]
    [InlineData("Origin", "https://page.example")]
    [InlineData("Origin", "https://localhost.page.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public void Page_of_elsewhere_may_not(string header, string value) =>
        Assert.Contains(
            "web pages of elsewhere",
            BrowserGuard.Refusal(Request("localhost:4566", (header, value))),
            StringComparison.Ordinal);

    [Fact]
    public void Image_on_a_page_says_its_page_by_the_referer()
    {
        Assert.Null(
            BrowserGuard.Refusal(
                Request("127.0.0.1", ("Sec-Fetch-Site", "cross-site"), ("Referer", "http://localhost:3000/"))));
        Assert.NotNull(
            BrowserGuard.Refusal(
                Request("127.0.0.1", ("Sec-Fetch-Site", "cross-site"), ("Referer", "https://page.example/"))));
    }

    [Theory]
    [InlineData("plain/key")]
    [InlineData("_ecs/0/credentials")]
    public async Task Refused_request_reaches_no_service_and_no_local_path(string path)
    {
        await using var stack = await S3Stack.StartAsync();
        using var http = new HttpClient();
        using var put = new HttpRequestMessage(
            HttpMethod.Put, new Uri(stack.Host.Endpoint, path))
        { Content = new StringContent("x") };
        put.Headers.Add("Origin", "https://page.example");

        using var refused = await http.SendAsync(put);
        using var client = stack.Client();
        var listed = await client.ListObjectsV2Async(new() { BucketName = "plain" });

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("page.example", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(listed.S3Objects ?? []);
    }

    private static HttpRequest Request(string host, params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Host = host;
        foreach (var (name, value) in headers) request.Headers[name] = value;
        return request;
    }
}
