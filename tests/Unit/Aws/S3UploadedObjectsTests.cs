using Jobs.Aws.Runs;
using Jobs.Tests.Unit.Emulator;
using Jobs.Tests.Unit.Emulator.S3;

namespace Jobs.Tests.Unit.Aws;

public sealed class S3UploadedObjectsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task Newest_versions_are_listed_once_each_in_pages_and_deleted_objects_not(int limit)
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        var newest = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in (string[])["in/a", "in/b +%ü", "in/c", "in/d", "in/z", "out/x"])
        {
            foreach (var content in (string[])["1", "22", "333"]) newest[key] = (await s3.PutObjectAsync(new() { BucketName = "uploads", Key = key, ContentBody = content })).VersionId;
        }

        await s3.DeleteObjectAsync("uploads", "in/c");
        newest.Remove("in/c");
        var objects = new S3UploadedObjects(new(() => stack.Client()), "uploads");

        var listed = new List<Upload>();
        for (IReadOnlyList<Upload>? page = null; page is null || page.Count == limit;)
        {
            page = await objects.PageAsync("in/", listed.Count == 0 ? null : listed[^1].Key, limit, default);
            Assert.InRange(page.Count, 0, limit);
            listed.AddRange(page);
        }

        Assert.Equal(
            newest.Where(one => one.Key.StartsWith("in/", StringComparison.Ordinal)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value, 3L)),
            listed.Select(upload => (upload.Key, upload.VersionId!, upload.Size)));
        Assert.All(listed, upload => Assert.Equal("310dcbbf4cce62f762a2aaa148d556bd", upload.ETag));
    }

    [Fact]
    public async Task Role_that_may_list_versions_needs_to_read_no_object()
    {
        var resources = S3Stack.Resources.Replace(
            """
            "Action":["s3:GetObject","s3:GetObjectVersion"],"Resource":{"Fn::Sub":"${Uploads.Arn}/incoming/*"}
            """.Trim(),
            """
            "Action":"s3:ListBucketVersions","Resource":{"Fn::GetAtt":["Uploads","Arn"]}
            """.Trim(),
            StringComparison.Ordinal);
        Assert.NotEqual(S3Stack.Resources, resources);
        await using var stack = await EmulatedStack.StartAsync(resources);
        using var s3 = stack.Client();
        await s3.PutObjectAsync(new() { BucketName = "uploads", Key = "incoming/a", ContentBody = "1" });

        var listed = await new S3UploadedObjects(new(() => stack.Client(stack.As("Reader"))), "uploads").PageAsync("incoming/", null, 10, default);

        Assert.Equal("incoming/a", Assert.Single(listed).Key);
    }
}
