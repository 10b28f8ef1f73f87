using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.S3;

public sealed class AuthorizationTests
{
    [Fact]
    public async Task Role_reads_what_its_policy_grants_by_any_version()
    {
        await using var stack = await S3Stack.StartAsync();
        using var owner = stack.Client();
        var put = await owner.PutObjectAsync(
            new() { BucketName = "uploads", Key = "incoming/a ü.csv", ContentBody = "x" });
        using var reader = stack.Client(stack.As("Reader"));

        using var got = await reader.GetObjectAsync(
            new GetObjectRequest { BucketName = "uploads", Key = "incoming/a ü.csv", VersionId = put.VersionId });

        Assert.Equal(1, got.ContentLength);
    }

    [Fact]
    public async Task Role_without_the_grant_is_denied_with_role_action_and_resource_and_the_owner_is_told_the_remedy()
    {
        await using var stack = await S3Stack.StartAsync();
        using var reader = stack.Client(stack.As("Reader", "task-9"));

        var denied = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => reader.PutObjectAsync(new() { BucketName = "uploads", Key = "incoming/x", ContentBody = "x" }));

        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (denied.StatusCode, denied.ErrorCode));
        Assert.Equal(
            "User: arn:aws:sts::000000000000:assumed-role/reader/task-9 is not authorized to perform: s3:PutObject " +
            "on resource: arn:aws:s3:::uploads/incoming/x because no identity-based policy allows the s3:PutObject " +
            "action",
            denied.Message);
        Assert.EndsWith(
            """
            Grant role arn:aws:iam::000000000000:role/reader: {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::uploads/incoming/x"} In CDK: bucket.GrantPut(grantee) (bucket is Uploads, grantee is Reader)
            """,
            Assert.Single(await stack.ReportsAsync("IAM")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denied_write_stores_nothing()
    {
        await using var stack = await S3Stack.StartAsync();
        using var reader = stack.Client(stack.As("Reader"));
        await Assert.ThrowsAsync<AmazonS3Exception>(
            () => reader.PutObjectAsync(new() { BucketName = "uploads", Key = "k", ContentBody = "x" }));

        using var owner = stack.Client();
        Assert.Empty((await owner.ListObjectsV2Async(new() { BucketName = "uploads" })).S3Objects ?? []);
    }

    [Fact]
    public async Task Absent_key_is_AccessDenied_to_who_may_not_list_the_bucket()
    {
        await using var stack = await S3Stack.StartAsync();
        using var reader = stack.Client(stack.As("Reader"));

        var denied = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => reader.GetObjectAsync("uploads", "incoming/absent"));

        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (denied.StatusCode, denied.ErrorCode));
        Assert.Contains("s3:ListBucket", denied.Message, StringComparison.Ordinal);
        Assert.Empty(await stack.ReportsAsync("IAM"));
    }

    [Fact]
    public async Task Presigned_url_of_a_role_is_that_role()
    {
        await using var stack = await S3Stack.StartAsync();
        using var owner = stack.Client();
        await owner.PutObjectAsync(new() { BucketName = "uploads", Key = "incoming/a +.csv", ContentBody = "x" });
        await owner.PutObjectAsync(new() { BucketName = "uploads", Key = "secret", ContentBody = "x" });
        using var reader = stack.Client(stack.As("Reader"));
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("incoming/a +.csv"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("secret"));

        async Task<HttpStatusCode> StatusAsync(string key)
        {
            var url = await reader.GetPreSignedURLAsync(new()
            {
                BucketName = "uploads",
                Key = key,
                Protocol = Amazon.S3.Protocol.HTTP,
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            });
            using var answer = await http.GetAsync(new Uri(url));
            return answer.StatusCode;
        }
    }
}
