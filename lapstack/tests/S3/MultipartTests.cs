using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.S3;

public sealed class MultipartTests
{
    private const int PartSize = 5 * 1024 * 1024;

    [Fact]
    public async Task Parts_become_one_object_whose_etag_ends_in_their_number()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        var first = Enumerable.Range(0, PartSize).Select(i => (byte)i).ToArray();
        byte[] second = [1, 2, 3];
        var upload = await s3.InitiateMultipartUploadAsync("uploads", "big");

        var etags = new List<PartETag>();
        foreach (var (number, bytes) in new[] { (1, first), (2, second) })
        {
            var part = await s3.UploadPartAsync(
                new()
                {
                    BucketName = "uploads",
                    Key = "big",
                    UploadId = upload.UploadId,
                    PartNumber = number,
                    InputStream = new MemoryStream(bytes),
                });
            etags.Add(new PartETag(number, part.ETag));
        }

        var completed = await s3.CompleteMultipartUploadAsync(
            new() { BucketName = "uploads", Key = "big", UploadId = upload.UploadId, PartETags = etags });

        Assert.EndsWith("-2\"", completed.ETag, StringComparison.Ordinal);
        using var got = await s3.GetObjectAsync("uploads", "big");
        using var content = new MemoryStream();
        await got.ResponseStream.CopyToAsync(content);
        Assert.Equal(SHA256.HashData([.. first, .. second]), SHA256.HashData(content.ToArray()));
        using var across = await s3.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = "uploads",
                Key = "big",
                ByteRange = new ByteRange(PartSize - 1, PartSize),
            });
        Assert.Equal(255, across.ResponseStream.ReadByte());
        Assert.Equal(1, across.ResponseStream.ReadByte());
    }

    [Fact]
    public async Task Small_part_before_the_last_is_EntityTooSmall()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        var upload = await s3.InitiateMultipartUploadAsync("uploads", "k");
        var etags = new List<PartETag>();
        foreach (var number in new[] { 1, 2 })
        {
            var part = await s3.UploadPartAsync(
                new()
                {
                    BucketName = "uploads",
                    Key = "k",
                    UploadId = upload.UploadId,
                    PartNumber = number,
                    InputStream = new MemoryStream([1]),
                });
            etags.Add(new PartETag(number, part.ETag));
        }

        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(
            () =>
                s3.CompleteMultipartUploadAsync(
                    new() { BucketName = "uploads", Key = "k", UploadId = upload.UploadId, PartETags = etags }));

        Assert.Equal("EntityTooSmall", refused.ErrorCode);
    }

    [Fact]
    public async Task Aborted_upload_is_NoSuchUpload()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        var upload = await s3.InitiateMultipartUploadAsync("uploads", "k");
        await s3.AbortMultipartUploadAsync("uploads", "k", upload.UploadId);

        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => s3.ListPartsAsync("uploads", "k", upload.UploadId));

        Assert.Equal((HttpStatusCode.NotFound, "NoSuchUpload"), (refused.StatusCode, refused.ErrorCode));
    }
}
