using Amazon.S3.Model;

namespace Jobs.Tests.Unit.Emulator.S3;

public sealed class ListingTests
{
    [Fact]
    public async Task Pages_cover_every_key_once_in_utf8_order()
    {
        string[] keys = ["a", "b/1", "b/2", "c", "\uFFFD", "😀"];
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        foreach (var key in keys.Reverse()) await s3.PutObjectAsync(new() { BucketName = "plain", Key = key, ContentBody = "" });

        var seen = new List<string>();
        var request = new ListObjectsV2Request { BucketName = "plain", MaxKeys = 2 };
        ListObjectsV2Response page;
        do
        {
            page = await s3.ListObjectsV2Async(request);
            seen.AddRange(page.S3Objects.Select(o => o.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        Assert.Equal(keys, seen);
    }

    [Fact]
    public async Task Delimiter_folds_keys_into_prefixes_that_each_count_once()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        foreach (var key in new[] { "in/a/1", "in/a/2", "in/b", "in/c/1", "out/x" }) await s3.PutObjectAsync(new() { BucketName = "plain", Key = key, ContentBody = "" });

        var first = await s3.ListObjectsV2Async(new() { BucketName = "plain", Prefix = "in/", Delimiter = "/", MaxKeys = 2 });
        var second = await s3.ListObjectsV2Async(new() { BucketName = "plain", Prefix = "in/", Delimiter = "/", ContinuationToken = first.NextContinuationToken });

        Assert.Equal(["in/a/"], first.CommonPrefixes);
        Assert.Equal(["in/b"], first.S3Objects.Select(o => o.Key));
        Assert.Equal(["in/c/"], second.CommonPrefixes);
        Assert.Empty(second.S3Objects ?? []);
        Assert.False(second.IsTruncated);
    }
}
