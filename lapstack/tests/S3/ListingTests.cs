using System.Xml;
using System.Xml.Linq;
using Amazon.S3.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.S3;

public sealed class ListingTests
{
    [Fact]
    public async Task Pages_cover_every_key_once_in_utf8_order()
    {
        string[] keys = ["a", "b/1", "b/2", "c", "\uFFFD", "😀"];
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        foreach (var key in keys.Reverse())
        {
            await s3.PutObjectAsync(new() { BucketName = "plain", Key = key, ContentBody = "" });
        }

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

    [Theory]
    [InlineData("list-type=2&encoding-type=url")]
    [InlineData("encoding-type=url")]
    [InlineData("versions&encoding-type=url")]
    public async Task Keys_are_encoded_as_S3_encodes_them_when_that_is_asked_for(string query)
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        await s3.PutObjectAsync(new() { BucketName = "plain", Key = "a b/(+%41)*~\u0001\uffffü😀", ContentBody = "" });

        var text = await RawCall.TextAsync($"{stack.Url}plain?{query}&prefix=a%20b/");

        Assert.Contains(
            "<Key>a+b/%28%2B%2541%29*%7E%01%EF%BF%BF%C3%BC%F0%9F%98%80</Key>", text, StringComparison.Ordinal);
        Assert.Contains("<Prefix>a+b/</Prefix>", text, StringComparison.Ordinal);
        Assert.Contains("<EncodingType>url</EncodingType>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list-type=2")]
    [InlineData("versions")]
    public async Task Key_that_XML_cannot_hold_makes_a_listing_unreadable_that_is_not_encoded(string query)
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        await s3.PutObjectAsync(new() { BucketName = "plain", Key = "a\u0001\rb", ContentBody = "" });

        var text = await RawCall.TextAsync($"{stack.Url}plain?{query}");

        Assert.Contains("<Key>a&#x1;&#xD;b</Key>", text, StringComparison.Ordinal);
        Assert.Throws<XmlException>(() => XElement.Parse(text));
    }

    [Fact]
    public async Task Delimiter_folds_keys_into_prefixes_that_each_count_once()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        foreach (var key in new[] { "in/a/1", "in/a/2", "in/b", "in/c/1", "out/x" })
        {
            await s3.PutObjectAsync(new() { BucketName = "plain", Key = key, ContentBody = "" });
        }

        var first = await s3.ListObjectsV2Async(
            new() { BucketName = "plain", Prefix = "in/", Delimiter = "/", MaxKeys = 2 });
        var second = await s3.ListObjectsV2Async(
            new()
            {
                BucketName = "plain",
                Prefix = "in/",
                Delimiter = "/",
                ContinuationToken = first.NextContinuationToken,
            });

        Assert.Equal(["in/a/"], first.CommonPrefixes);
        Assert.Equal(["in/b"], first.S3Objects.Select(o => o.Key));
        Assert.Equal(["in/c/"], second.CommonPrefixes);
        Assert.Empty(second.S3Objects ?? []);
        Assert.False(second.IsTruncated);
    }
}
