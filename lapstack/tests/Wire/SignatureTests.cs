using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Wire;

/// <summary>
/// Signatures that are not verified are refused as AWS refuses them, and never taken for the owner's.
/// </summary>
public sealed class SignatureTests
{
    private const string Credential = "Credential=KEY/20260101/us-east-1/s3/aws4_request";
    private const string Presigned =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=KEY/20260101/us-east-1/s3/aws4_request"
        + "&X-Amz-SignedHeaders=host&X-Amz-Signature=0";

    [Theory]
    [InlineData("AWS KEY:c2lnbmF0dXJl", "InvalidRequest")]
    [InlineData("Bearer KEY", "InvalidRequest")]
    [InlineData("AWS4-ECDSA-P256-SHA256 Credential=KEY/20260101/s3/aws4_request, SignedHeaders=host, Signature=0",
        "InvalidRequest")]
    [InlineData("AWS4-HMAC-SHA256 " + Credential + ", SignedHeaders=host", "AuthorizationHeaderMalformed")]
    [InlineData("AWS4-HMAC-SHA256 " + Credential + ", " + Credential + ", SignedHeaders=host, Signature=0",
        "AuthorizationHeaderMalformed")]
    [InlineData("AWS4-HMAC-SHA256 Credential=KEY, SignedHeaders=host, Signature=0", "AuthorizationHeaderMalformed")]
    public async Task Header_that_is_no_signature_of_version_4_is_refused(string authorization, string code)
    {
        await using var stack = await S3Stack.StartAsync();

        var (status, body) = await SendAsync(
            stack, "/", ("Authorization", authorization.Replace("KEY", KeyOf(stack), StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWSAccessKeyId=KEY&Expires=4102444800&Signature=c2ln", "InvalidRequest")]
    [InlineData("X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=KEY/20260101/s3/aws4_request&X-Amz-Signature=0", "InvalidRequest")]
    [InlineData("X-Amz-Credential=KEY/20260101/us-east-1/s3/aws4_request&X-Amz-Signature=0",
        "AuthorizationQueryParametersError")]
    [InlineData(Presigned + "&X-Amz-Expires=60&X-Amz-Date=garbage", "AuthorizationQueryParametersError")]
    [InlineData(Presigned + "&X-Amz-Expires=60&X-Amz-Date=20261301T000000Z", "AuthorizationQueryParametersError")]
    [InlineData(Presigned + "&X-Amz-Expires=9999999&X-Amz-Date=20260101T000000Z", "AuthorizationQueryParametersError")]
    [InlineData(Presigned + "&X-Amz-Expires=soon&X-Amz-Date=20260101T000000Z", "AuthorizationQueryParametersError")]
    public async Task Presigned_request_that_is_none_of_version_4_is_refused(string query, string code)
    {
        await using var stack = await S3Stack.StartAsync();

        var (status, body) = await SendAsync(
            stack, "/?" + query.Replace("KEY", KeyOf(stack), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"<Code>{code}</Code>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Presigned_request_of_the_last_year_there_is_does_not_overflow()
    {
        await using var stack = await S3Stack.StartAsync();

        var (status, _) = await SendAsync(
            stack, "/?" + Presigned + "&X-Amz-Expires=604800&X-Amz-Date=99991231T235959Z");

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Signature_in_the_header_and_in_the_query_is_refused()
    {
        await using var stack = await S3Stack.StartAsync();

        var (status, body) = await SendAsync(
            stack,
            "/?" + Presigned + "&X-Amz-Expires=60&X-Amz-Date=20260101T000000Z",
            ("Authorization", $"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, Signature=0"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Only one auth mechanism allowed", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_for_the_time_of_a_signature_is_refused()
    {
        await using var stack = await S3Stack.StartAsync();

        var (status, body) = await SendAsync(
            stack, "/", (
                "Authorization",
                $"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, Signature=0"), ("X-Amz-Date", "tomorrow"));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("valid Date or x-amz-date header", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS KEY:c2ln")]
    [InlineData("AWS4-ECDSA-P256-SHA256 Credential=KEY/20260101/sqs/aws4_request, SignedHeaders=host, Signature=0")]
    public async Task JSON_service_refuses_it_in_its_own_words(string authorization)
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, stack.Host.Endpoint)
        { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.ListQueues");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var refused = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "IncompleteSignatureException", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_is_not_the_signed_one_is_refused_by_S3()
    {
        await using var stack = await S3Stack.StartAsync();
        using var client = stack.Client();
        await client.PutObjectAsync(new PutObjectRequest { BucketName = "plain", Key = "kept", ContentBody = "x" });
        const string delete = "<Delete><Object><Key>kept</Key></Object></Delete>";

        var (status, body) = await SendAsync(
            stack, "/plain?delete", delete, ("x-amz-content-sha256", new string('0', 64)));
        var (garbage, _) = await SendAsync(stack, "/plain?delete", delete, ("x-amz-content-sha256", "none"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("<Code>XAmzContentSHA256Mismatch</Code>", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, garbage);
        Assert.Single((await client.ListObjectsV2Async(new() { BucketName = "plain" })).S3Objects);
    }

    [Fact]
    public async Task Body_that_is_not_the_signed_one_is_a_wrong_signature_to_the_others()
    {
        await using var stack = await EmulatedStack.StartAsync(SqsStack.Template);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, stack.Host.Endpoint)
        { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.ListQueues");
        request.Headers.Add("x-amz-content-sha256", new string('0', 64));

        using var refused = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(
            "InvalidSignatureException", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string KeyOf(EmulatedStack stack) =>
        ((SessionAWSCredentials)stack.As("Reader")).GetCredentials().AccessKey;

    private static Task<(HttpStatusCode Status, string Body)> SendAsync(
        EmulatedStack stack, string path, params (string Name, string Value)[] headers) =>
        SendAsync(stack, path, null, headers);

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        EmulatedStack stack, string path, string? post, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            post is null ? HttpMethod.Get : HttpMethod.Post, new Uri(stack.Host.Endpoint, path));
        if (post is not null) request.Content = new StringContent(post, Encoding.UTF8, "application/xml");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
