using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.S3;

public sealed class ObjectTests
{
    [Theory]
    [InlineData("incoming/plain.csv")]
    [InlineData("incoming/with blank + plus %20 percent.csv")]
    [InlineData("incoming/ünïcödé-表-😀.csv")]
    [InlineData("a//b/../c")]
    public async Task Object_comes_back_under_exactly_its_key(string key)
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();

        var put = await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "uploads",
                Key = key,
                ContentBody = "h\n1\n",
                ContentType = "text/csv",
            });
        using var got = await s3.GetObjectAsync("uploads", key);
        using var reader = new StreamReader(got.ResponseStream);
        var listed = await s3.ListObjectsV2Async(new() { BucketName = "uploads" });

        Assert.Equal("h\n1\n", await reader.ReadToEndAsync());
        Assert.Equal("text/csv", got.Headers.ContentType);
        Assert.Equal(put.ETag, got.ETag);
        Assert.Equal(put.VersionId, got.VersionId);
        Assert.Equal(key, Assert.Single(listed.S3Objects).Key);
    }

    [Fact]
    public async Task Key_of_1024_bytes_is_taken_and_one_more_is_KeyTooLongError()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        var longest = new string('ü', 512);

        await s3.PutObjectAsync(new() { BucketName = "uploads", Key = longest, ContentBody = "x" });
        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => s3.PutObjectAsync(new() { BucketName = "uploads", Key = longest + "x", ContentBody = "x" }));

        Assert.Equal("KeyTooLongError", refused.ErrorCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Overwritten_object_keeps_its_versions_and_a_delete_only_marks_it()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        var first = await PutAsync(s3, "k", "one");
        var second = await PutAsync(s3, "k", "two");
        var deleted = await s3.DeleteObjectAsync("uploads", "k");

        Assert.Equal("true", deleted.DeleteMarker);
        var gone = await Assert.ThrowsAsync<NoSuchKeyException>(() => s3.GetObjectAsync("uploads", "k"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal("one", await ReadAsync(s3, "k", first.VersionId));
        Assert.Equal("two", await ReadAsync(s3, "k", second.VersionId));
        var versions = await s3.ListVersionsAsync(new ListVersionsRequest { BucketName = "uploads" });
        Assert.Equal(
            [deleted.VersionId, second.VersionId, first.VersionId], versions.Versions.Select(v => v.VersionId));
    }

    [Fact]
    public async Task Everything_stored_is_there_after_a_restart()
    {
        await using var stack = await S3Stack.StartAsync();
        using (var before = stack.Client()) await PutAsync(before, "k", "kept");

        await stack.RestartAsync();

        using var s3 = stack.Client();
        Assert.Equal("kept", await ReadAsync(s3, "k", null));
    }

    [Theory]
    [InlineData(2, 4, "234", "bytes 2-4/10")]
    [InlineData(7, 100, "789", "bytes 7-9/10")]
    public async Task Range_gives_its_bytes_and_says_which(long from, long to, string expected, string contentRange)
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        await PutAsync(s3, "k", "0123456789");

        using var got = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = "uploads", Key = "k", ByteRange = new ByteRange(from, to) });
        using var reader = new StreamReader(got.ResponseStream);

        Assert.Equal(expected, await reader.ReadToEndAsync());
        Assert.Equal(contentRange, got.ContentRange);
        Assert.Equal(HttpStatusCode.PartialContent, got.HttpStatusCode);
    }

    [Fact]
    public async Task Range_behind_the_end_is_InvalidRange()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        await PutAsync(s3, "k", "0123456789");

        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(
            () =>
                s3.GetObjectAsync(
                    new GetObjectRequest { BucketName = "uploads", Key = "k", ByteRange = new ByteRange(10, 20) }));

        Assert.Equal("InvalidRange", refused.ErrorCode);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refused.StatusCode);
    }

    [Fact]
    public async Task IfMatch_with_another_etag_is_412_and_IfNoneMatch_star_writes_only_once()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        await PutAsync(s3, "k", "x");

        var changed = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => s3.GetObjectAsync(new GetObjectRequest { BucketName = "uploads", Key = "k", EtagToMatch = "\"0\"" }));
        var taken = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => s3.PutObjectAsync(new() { BucketName = "uploads", Key = "k", ContentBody = "y", IfNoneMatch = "*" }));

        Assert.Equal(
            (HttpStatusCode.PreconditionFailed, "PreconditionFailed"), (changed.StatusCode, changed.ErrorCode));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "PreconditionFailed"), (taken.StatusCode, taken.ErrorCode));
    }

    [Fact]
    public async Task Metadata_comes_back()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        var put = new PutObjectRequest { BucketName = "plain", Key = "k", ContentBody = "x" };
        put.Metadata.Add("origin", "a b; c");

        await s3.PutObjectAsync(put);
        var head = await s3.GetObjectMetadataAsync("plain", "k");

        Assert.Equal("a b; c", head.Metadata["origin"]);
        Assert.Equal(1, head.ContentLength);
    }

    [Fact]
    public async Task Body_that_is_not_what_its_checksum_says_is_BadDigest_and_stores_nothing()
    {
        await using var stack = await S3Stack.StartAsync();
        using var http = new HttpClient();
        using var put = new HttpRequestMessage(
            HttpMethod.Put, new Uri(stack.Host.Endpoint, "/plain/k"))
        { Content = new StringContent("hello") };
        put.Headers.Add("x-amz-checksum-crc32", "AAAAAA==");

        using var answer = await http.SendAsync(put);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("<Code>BadDigest</Code>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var s3 = stack.Client();
        Assert.Empty((await s3.ListObjectsV2Async(new() { BucketName = "plain" })).S3Objects ?? []);
    }

    [Fact]
    public async Task Copy_keeps_content_and_metadata()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        var put = new PutObjectRequest { BucketName = "uploads", Key = "from ü+", ContentBody = "copied" };
        put.Metadata.Add("origin", "here");
        await s3.PutObjectAsync(put);

        await s3.CopyObjectAsync("uploads", "from ü+", "plain", "to");

        using var got = await s3.GetObjectAsync("plain", "to");
        using var reader = new StreamReader(got.ResponseStream);
        Assert.Equal("copied", await reader.ReadToEndAsync());
        Assert.Equal("here", got.Metadata["origin"]);
    }

    [Fact]
    public async Task DeleteObjects_deletes_each_and_does_not_mind_what_is_not_there()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        await s3.PutObjectAsync(new() { BucketName = "plain", Key = "a & b", ContentBody = "x" });

        var deleted = await s3.DeleteObjectsAsync(
            new() { BucketName = "plain", Objects = [new() { Key = "a & b" }, new() { Key = "absent" }] });

        Assert.Equal(["a & b", "absent"], deleted.DeletedObjects.Select(d => d.Key));
        Assert.Empty((await s3.ListObjectsV2Async(new() { BucketName = "plain" })).S3Objects ?? []);
    }

    [Fact]
    public async Task Operation_the_emulator_lacks_is_501_and_named()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();

        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.GetBucketWebsiteAsync("plain"));

        Assert.Equal(HttpStatusCode.NotImplemented, refused.StatusCode);
        Assert.Contains("website", refused.Message, StringComparison.Ordinal);
    }

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client s3, string key, string body) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "uploads",
                Key = key,
                InputStream = new MemoryStream(Encoding.UTF8.GetBytes(body)),
            });

    private static async Task<string> ReadAsync(AmazonS3Client s3, string key, string? version)
    {
        using var got = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = "uploads", Key = key, VersionId = version });
        using var reader = new StreamReader(got.ResponseStream);
        return await reader.ReadToEndAsync();
    }
}
