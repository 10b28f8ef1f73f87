using System.Globalization;
using System.Net;
using Jobs.Aws.Runs;
using Jobs.Tests.Unit.Aws.Workers;
using Lapstack.Tests.Stacks;

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
            foreach (var content in (string[])["1", "22", "333"])
            {
                newest[key] = (
                    await s3.PutObjectAsync(new()
                    {
                        BucketName = "uploads",
                        Key = key,
                        ContentBody = content
                    })).VersionId;
            }
        }

        await s3.DeleteObjectAsync("uploads", "in/c");
        newest.Remove("in/c");
        var objects = new S3UploadedObjects(new(() => stack.Client()), "uploads");

        var listed = new List<Upload>();
        for (IReadOnlyList<Upload>? page = null; page is null || page.Count == limit;)
        {
            page = await objects.PageAsync(null, "in/", listed.Count == 0 ? null : listed[^1].Key, limit, default);
            Assert.InRange(page.Count, 0, limit);
            listed.AddRange(page);
        }

        Assert.Equal(
            newest.Where(one => one.Key.StartsWith("in/", StringComparison.Ordinal))
                .OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => (one.Key, one.Value, 3L)),
            listed.Select(upload => (upload.Key, upload.VersionId!, upload.Size)));
        Assert.All(listed, upload => Assert.Equal("310dcbbf4cce62f762a2aaa148d556bd", upload.ETag));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    public async Task Every_key_that_S3_takes_is_listed_once_as_it_is(int limit)
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        foreach (var key in OddKeys.All.SelectMany(key => new[] { key, key }))
        {
            await s3.PutObjectAsync(new() { BucketName = "uploads", Key = key, ContentBody = "1" });
        }

        var objects = new S3UploadedObjects(new(() => stack.Client()), "uploads");

        var keys = new List<string>();
        for (IReadOnlyList<Upload>? page = null; page is null || page.Count == limit;)
        {
            page = await objects.PageAsync(null, OddKeys.Prefix, keys.Count == 0 ? null : keys[^1], limit, default);
            keys.AddRange(page.Select(upload => upload.Key));
        }

        Assert.Equal(OddKeys.All.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Markers_are_sent_back_as_they_are()
    {
        const string page = """
            <ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType><IsTruncated>{0}</IsTruncated>
            <NextKeyMarker>a+%2B%2541%01</NextKeyMarker><NextVersionIdMarker>v+%2B</NextVersionIdMarker>
            <Version><Key>{1}</Key><VersionId>v+%2B</VersionId><IsLatest>true</IsLatest><ETag>"e"</ETag><Size>5</Size></Version></ListVersionsResult>
            """;
        using var aws = new FakeAws(call => FakeAws.Answer(
            HttpStatusCode.OK,
            string.Format(
                CultureInfo.InvariantCulture,
                page,
                !call.Path.Contains("version-id-marker", StringComparison.Ordinal),
                call.Path.Contains("version-id-marker", StringComparison.Ordinal) ? "b%01" : "a+%2B%2541%01"),
            "application/xml"));

        var listed = await new S3UploadedObjects(new(aws.S3), "uploads")
            .PageAsync(null, "", "\u0001 before", 10, default);

        Assert.Equal(
            [("a +%41\u0001", "v+%2B"), ("b\u0001", "v+%2B")],
            listed.Select(upload => (upload.Key, upload.VersionId!)));
        Assert.Contains("key-marker=%01%20before", aws.Calls[0].Path, StringComparison.Ordinal);
        Assert.Contains("key-marker=a%20%2B%2541%01&", aws.Calls[1].Path, StringComparison.Ordinal);
        Assert.Contains("version-id-marker=v%2B%252B", aws.Calls[1].Path, StringComparison.Ordinal);
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

        var listed = await new S3UploadedObjects(new(() => stack.Client(stack.As("Reader"))), "uploads")
            .PageAsync(null, "incoming/", null, 10, default);

        Assert.Equal("incoming/a", Assert.Single(listed).Key);
    }
}
