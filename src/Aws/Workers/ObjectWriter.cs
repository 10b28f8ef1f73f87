using Amazon.S3;
using Amazon.S3.Model;

namespace Jobs.Aws.Workers;

/// <summary>
/// Writes one object from a stream of unknown length: a single PutObject while it fits one part, else a multipart upload,
/// which is invisible until complete and removed when it fails.
/// </summary>
internal sealed class ObjectWriter(IAmazonS3 s3, string bucket, string key, string? contentType)
{
    /// <summary>S3 wants at least 5 MiB for every part but the last.</summary>
    internal const int PartSize = 8 * 1_024 * 1_024;

    public async Task WriteAsync(Stream content, CancellationToken cancellation)
    {
        var part = new MemoryStream();
        if (await FillAsync(part, content, PartSize, cancellation))
        {
            await WritePartsAsync(part, content, cancellation);
            return;
        }

        var request = new PutObjectRequest { BucketName = bucket, Key = key, ContentType = contentType, InputStream = part, AutoCloseStream = false };
        await s3.PutObjectAsync(request, cancellation);
    }

    private async Task WritePartsAsync(MemoryStream part, Stream content, CancellationToken cancellation)
    {
        var begun = await s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ContentType = contentType }, cancellation);
        try
        {
            var parts = new List<PartETag>();
            for (var more = true; more;)
            {
                var number = parts.Count + 1;
                parts.Add(new PartETag(number, await WritePartAsync(begun.UploadId, number, part, cancellation)));
                more = await FillAsync(part, content, SizeOf(number + 1), cancellation) || part.Length > 0;
            }

            await s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = begun.UploadId, PartETags = parts },
                cancellation);
        }
        catch
        {
            // Not with the caller's token: it may be why we are here, and unfinished parts cost money until they are removed.
            var abort = new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = begun.UploadId };
            await s3.AbortMultipartUploadAsync(abort, CancellationToken.None);
            throw;
        }
    }

    private async Task<string> WritePartAsync(string upload, int number, MemoryStream part, CancellationToken cancellation)
    {
        var request = new UploadPartRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = upload,
            PartNumber = number,
            InputStream = part,
            PartSize = part.Length,
        };
        return (await s3.UploadPartAsync(request, cancellation)).ETag;
    }

    /// <summary>Parts grow, so that S3's 10,000 of them hold more than the 5 TiB an object may have and the first stay small.</summary>
    private static int SizeOf(int number) => PartSize * (1 + (number / 50));

    /// <summary>Refills the part. True when it is full, so that more may follow.</summary>
    private static async Task<bool> FillAsync(MemoryStream part, Stream content, int size, CancellationToken cancellation)
    {
        part.SetLength(size);
        var read = await content.ReadAtLeastAsync(part.GetBuffer().AsMemory(0, size), size, throwOnEndOfStream: false, cancellation);
        part.SetLength(read);
        part.Position = 0;
        return read == size;
    }
}
