using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using Lapstack.Tests.Events;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.S3;

/// <summary>Uploads of a browser's form, with a policy that a role has signed.</summary>
public sealed class PostObjectTests
{
    private const string Resources = """
        {
          "Uploads": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "uploads",
            "NotificationConfiguration": { "EventBridgeConfiguration": { "EventBridgeEnabled": true } } } },
          "Inbox": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "inbox" } },
          "Policy": { "Type": "AWS::SQS::QueuePolicy", "Properties": { "Queues": [ { "Ref": "Inbox" } ], "PolicyDocument": { "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage", "Resource": { "Fn::GetAtt": ["Inbox", "Arn"] } } ] } } },
          "Rule": { "Type": "AWS::Events::Rule", "Properties": { "EventPattern": { "source": ["aws.s3"] }, "Targets": [ { "Id": "inbox", "Arn": { "Fn::GetAtt": ["Inbox", "Arn"] } } ] } },
          "Web": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "web", "AssumeRolePolicyDocument": {}, "Policies": [ { "PolicyName": "p",
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "s3:PutObject", "Resource": { "Fn::Sub": "${Uploads.Arn}/incoming/*" } } ] } } ] } }
        }
        """;

    private const string Policy = """
        {"expiration":"2026-01-05T09:00:00Z","conditions":[{"bucket":"uploads"},["starts-with","$key","incoming/"],["content-length-range",1,10],
          {"success_action_status":"201"},["starts-with","$Content-Type",""],["starts-with","$x-amz-credential",""],["starts-with","$x-amz-security-token",""]]}
        """;

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Signed_form_is_an_object_and_an_event()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);

        var (status, body) = await PostAsync(stack, "incoming/${filename}", "hello");

        Assert.Equal(201, status);
        var answer = XElement.Parse(body);
        Assert.Equal(
            ("PostResponse", "uploads", "incoming/data.csv"),
            (answer.Name.LocalName, answer.Element("Bucket")!.Value, answer.Element("Key")!.Value));
        using var s3 = stack.Client();
        using var got = await s3.GetObjectAsync("uploads", "incoming/data.csv");
        using var reader = new StreamReader(got.ResponseStream);
        Assert.Equal(("hello", "text/csv"), (await reader.ReadToEndAsync(), got.Headers.ContentType));
        Assert.Contains(
            "\"reason\":\"POST Object\"", Assert.Single(await stack.TakeAsync("Inbox")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret/x", "hello", null, 403, "AccessDenied")]
    [InlineData("incoming/x", "hello world", null, 400, "EntityTooLarge")]
    [InlineData("incoming/x", "", null, 400, "EntityTooSmall")]
    [InlineData("incoming/x", "hello", "x-amz-meta-a", 403, "AccessDenied")]
    [InlineData("incoming/x", "hello", "x-amz-signature", 403, "SignatureDoesNotMatch")]
    [InlineData("incoming/x", "hello", "x-amz-security-token", 403, "InvalidAccessKeyId")]
    [InlineData("", "hello", null, 400, "InvalidArgument")]
    public async Task Form_that_the_policy_does_not_allow_is_refused_and_stores_nothing(
        string key, string content, string? other, int status, string code)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);

        var answer = await PostAsync(
            stack, key, content, fields => { if (other is not null) fields[other] = "other"; });

        Assert.Equal((status, code), (answer.Status, XElement.Parse(answer.Body).Element("Code")!.Value));
        using var s3 = stack.Client();
        Assert.Empty((await s3.ListObjectsV2Async(new() { BucketName = "uploads" })).S3Objects ?? []);
    }

    [Fact]
    public async Task Policy_ends_with_its_time()
    {
        await using var stack = await EmulatedStack.StartAsync(
            Resources, new ManualClock(_clock.GetUtcNow().AddHours(2)));

        var answer = await PostAsync(stack, "incoming/x", "hello");

        Assert.Equal(403, answer.Status);
        Assert.Contains("Policy expired", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_uploads_only_where_it_may()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);

        var answer = await PostAsync(
            stack, "other/x", "hello", policy: Policy.Replace("incoming/", "other/", StringComparison.Ordinal));

        Assert.Equal(403, answer.Status);
        Assert.Contains(
            "s3:PutObject on resource: arn:aws:s3:::uploads/other/x", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("success_action_status", "200", 200)]
    [InlineData("success_action_status", "nonsense", 204)]
    [InlineData("success_action_redirect", "http://127.0.0.1:1/done", 303)]
    public async Task Form_says_what_it_is_answered(string field, string value, int status)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);
        using var form =
            new MultipartFormDataContent { { new StringContent("a/b"), "key" }, { new StringContent(value), field } };
        form.Add(new StringContent("hello"), "file", "data.csv");

        var answer = await SendAsync(stack, form);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Body_that_is_no_form_is_refused()
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, _clock);

        Assert.Equal(412, (await SendAsync(stack, new StringContent("hello"))).Status);
    }

    private static async Task<(int Status, string Body)> PostAsync(
        EmulatedStack stack, string key, string content, Action<Dictionary<string, string>>? change = null,
        string policy = Policy)
    {
        var role = await ((SessionAWSCredentials)stack.As("Web")).GetCredentialsAsync();
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(policy));
        var signature = Encoding.UTF8.GetBytes("AWS4" + role.SecretKey);
        foreach (var part in (string[])["20260105", "us-east-1", "s3", "aws4_request", encoded])
        {
            signature = HMACSHA256.HashData(signature, Encoding.UTF8.GetBytes(part));
        }

        var fields = new Dictionary<string, string>
        {
            ["key"] = key,
            ["Content-Type"] = "text/csv",
            ["success_action_status"] = "201",
            ["policy"] = encoded,
            ["x-amz-credential"] = $"{role.AccessKey}/20260105/us-east-1/s3/aws4_request",
            ["x-amz-security-token"] = role.Token,
            ["x-amz-signature"] = Convert.ToHexStringLower(signature),
        };
        change?.Invoke(fields);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        form.Add(new StringContent(content), "file", "data.csv");
        return await SendAsync(stack, form);
    }

    private static async Task<(int Status, string Body)> SendAsync(EmulatedStack stack, HttpContent body)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var answer = await http.PostAsync(new Uri(stack.Host.Endpoint, "/uploads"), body);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
