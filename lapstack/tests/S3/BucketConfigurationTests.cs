using System.Text.Json.Nodes;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.S3;

/// <summary>What the template configures of a bucket.</summary>
public sealed class BucketConfigurationTests
{
    private const string Resources = """
        {
          "Full": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "full",
            "VersioningConfiguration": { "Status": "Enabled" },
            "NotificationConfiguration": { "EventBridgeConfiguration": { "EventBridgeEnabled": true } },
            "BucketEncryption": { "ServerSideEncryptionConfiguration": [ { "ServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } } ] },
            "PublicAccessBlockConfiguration": { "BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true, "RestrictPublicBuckets": false },
            "OwnershipControls": { "Rules": [ { "ObjectOwnership": "BucketOwnerEnforced" } ] },
            "LifecycleConfiguration": { "Rules": [ { "Id": "old", "Status": "Enabled", "Prefix": "runs/", "ExpirationInDays": 90 },
              { "Status": "Enabled", "NoncurrentVersionExpiration": { "NoncurrentDays": 30 }, "AbortIncompleteMultipartUpload": { "DaysAfterInitiation": 7 } } ] },
            "CorsConfiguration": { "CorsRules": [ { "AllowedOrigins": ["http://*.localhost:3000"], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["x-amz-*", "content-type"],
              "ExposedHeaders": ["ETag"], "MaxAge": 600 } ] },
            "Tags": [ { "Key": "team", "Value": "data" } ] } },
          "Policy": { "Type": "AWS::S3::BucketPolicy", "Properties": { "Bucket": { "Ref": "Full" }, "PolicyDocument": { "Version": "2012-10-17", "Statement": [
            { "Sid": "Tls", "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "s3:*", "Resource": { "Fn::GetAtt": ["Full", "Arn"] },
              "Condition": { "Bool": { "aws:SecureTransport": "false" } } } ] } } },
          "Bare": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "bare" } },
          "Odd": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "odd", "LifecycleConfiguration": { "Rules": [
            { "Status": "Enabled", "Transitions": [ { "StorageClass": "GLACIER", "TransitionInDays": 1 } ] } ] } } },
          "Powerless": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "powerless", "AssumeRolePolicyDocument": {} } }
        }
        """;

    [Theory]
    [InlineData("location", "LocationConstraint", "")]
    [InlineData("versioning", "Status", "Enabled")]
    [InlineData("encryption", "SSEAlgorithm", "AES256")]
    [InlineData("lifecycle", "ID,Prefix,Status,Days,NoncurrentDays,DaysAfterInitiation",
        "old|runs/,|Enabled,Enabled|90|30|7")]
    [InlineData("notification", "EventBridgeConfiguration", "")]
    [InlineData("publicAccessBlock", "BlockPublicAcls,RestrictPublicBuckets", "true|false")]
    [InlineData("ownershipControls", "ObjectOwnership", "BucketOwnerEnforced")]
    [InlineData("cors", "AllowedOrigin,AllowedMethod,AllowedHeader,ExposeHeader,MaxAgeSeconds",
        "http://*.localhost:3000|GET,PUT|x-amz-*,content-type|ETag|600")]
    [InlineData("tagging", "Key,Value", "team|data")]
    [InlineData("acl", "Permission", "FULL_CONTROL")]
    public async Task Configuration_is_the_templates(string subresource, string elements, string values)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await GetAsync(stack, $"/full?{subresource}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            values, string.Join('|', elements.Split(',').Select(element => string.Join(',', answer.Texts(element)))));
        Assert.Equal(
            403,
            (
                await stack.SendAsync("s3", new(HttpMethod.Get, new Uri(stack.Host.Endpoint, $"/full?{subresource}")),
                    stack.As("Powerless"))).Status);
    }

    [Fact]
    public async Task Policy_is_JSON()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        Assert.Equal(
            "Tls", (string?)JsonNode.Parse((await GetAsync(stack, "/full?policy")).Body)!["Statement"]![0]!["Sid"]);
    }

    [Theory]
    [InlineData("/bare?lifecycle", 404, "NoSuchLifecycleConfiguration")]
    [InlineData("/bare?policy", 404, "NoSuchBucketPolicy")]
    [InlineData("/bare?cors", 404, "NoSuchCORSConfiguration")]
    [InlineData("/bare?tagging", 404, "NoSuchTagSet")]
    [InlineData("/other?encryption", 404, "NoSuchBucket")]
    [InlineData("/bare?website", 501, "NotImplemented")]
    [InlineData("/odd?lifecycle", 501, "NotImplemented")]
    public async Task What_is_not_configured_is_S3s_error(string path, int status, string code)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        var answer = await GetAsync(stack, path);

        Assert.Equal((status, code), (answer.Status, answer.Texts("Code")[0]));
    }

    [Theory]
    [InlineData("encryption", "SSEAlgorithm", "AES256")]
    [InlineData("ownershipControls", "ObjectOwnership", "BucketOwnerEnforced")]
    [InlineData("publicAccessBlock", "BlockPublicPolicy", "true")]
    [InlineData("notification", "EventBridgeConfiguration", null)]
    public async Task Bucket_of_which_nothing_is_said_is_as_every_new_one(
        string subresource, string element, string? value)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);

        Assert.Equal(value, (await GetAsync(stack, $"/bare?{subresource}")).Texts(element).SingleOrDefault());
    }

    [Theory]
    [InlineData("/full/k", "http://www.localhost:3000", "PUT", "content-type, X-Amz-Meta-A", 200)]
    [InlineData("/full", "http://www.localhost:3000", "GET", null, 200)]
    [InlineData("/full/k?uploads", "http://www.localhost:3000", "PUT", null, 200)]
    [InlineData("/full/k", "http://localhost:5000", "PUT", null, 403)]
    [InlineData("/full/k", "http://www.localhost:3000", "DELETE", null, 403)]
    [InlineData("/full/k", "http://www.localhost:3000", "PUT", "authorization", 403)]
    [InlineData("/bare/k", "http://www.localhost:3000", "PUT", null, 403)]
    [InlineData("/full/k", null, "PUT", null, 400)]
    public async Task Preflight_is_answered_by_the_buckets_rules(
        string path, string? origin, string method, string? headers, int status)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        var request = new HttpRequestMessage(HttpMethod.Options, new Uri(stack.Host.Endpoint, path));
        if (origin is not null) request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        if (headers is not null) request.Headers.Add("Access-Control-Request-Headers", headers);
        using var http = new HttpClient();

        using var answer = await http.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? origin : null, Header(answer, "Access-Control-Allow-Origin"));
        if (status == 200)
        {
            Assert.Equal(
                ("GET, PUT", "600", headers),
                (
                    Header(answer, "Access-Control-Allow-Methods"),
                    Header(answer, "Access-Control-Max-Age"),
                    Header(answer, "Access-Control-Allow-Headers")));
        }
    }

    [Theory]
    [InlineData("http://www.localhost:3000", "http://www.localhost:3000")]
    [InlineData("http://localhost:5000", null)]
    public async Task Page_of_an_allowed_origin_may_read_the_answer(string origin, string? allowed)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources);
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stack.Host.Endpoint, "/full?list-type=2"));
        request.Headers.Add("Origin", origin);

        var answer = await stack.SendAsync("s3", request);

        Assert.Equal((200, allowed), (answer.Status, answer.Headers.GetValueOrDefault("Access-Control-Allow-Origin")));
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static Task<SignedCall.Answer> GetAsync(EmulatedStack stack, string path) =>
        stack.SendAsync("s3", new(HttpMethod.Get, new Uri(stack.Host.Endpoint, path)));
}
