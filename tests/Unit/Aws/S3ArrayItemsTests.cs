using Amazon.Runtime;
using Amazon.S3;
using Jobs.Aws.Runs;
using Lapstack.Tests.Stacks;

namespace Jobs.Tests.Unit.Aws;

public sealed class S3ArrayItemsTests
{
    private const string Key = "incoming/a.jsonl";

    [Fact]
    public async Task Lines_are_read_from_an_offset_and_none_behind_the_end()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        await s3.PutObjectAsync(new() { BucketName = "uploads", Key = Key, ContentBody = "10\n\n20\n30\n" });
        var items = new S3ArrayItems(new(() => s3), "uploads");

        Assert.Equal([new("20", 7), new("30", 10)], await items.ReadAsync(Key, 0, 1, 5, default));
        Assert.Equal([new("20", 7)], await items.ReadAsync(Key, 3, 0, 1, default));
        Assert.Equal([], await items.ReadAsync(Key, 10, 0, 1, default));
        Assert.Equal([], await items.ReadAsync(Key, 0, 3, 1, default));
    }

    [Theory]
    [InlineData("incoming/gone", true)]
    [InlineData("incoming/gone", false)]
    [InlineData("secret/a", false)]
    public async Task Object_that_is_gone_or_may_not_be_read_has_no_lines_at_all(string key, bool mayList)
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = mayList ? stack.Client() : stack.Client(stack.As("Reader"));

        Assert.Null(await new S3ArrayItems(new(() => s3), "uploads").ReadAsync(key, 0, 0, 1, default));
    }

    [Fact]
    public async Task Outage_is_no_answer()
    {
        using var s3 = new AmazonS3Client(new BasicAWSCredentials("a", "b"),
            new AmazonS3Config { ServiceURL = "http://127.0.0.1:1", MaxErrorRetry = 0 });

        var thrown = await Record.ExceptionAsync(() =>
            new S3ArrayItems(new(() => s3), "uploads").ReadAsync(Key, 0, 0, 1, default));

        Assert.True(thrown is HttpRequestException or AmazonClientException, $"{thrown}");
    }
}
