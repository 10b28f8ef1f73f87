using Amazon.S3;
using Amazon.S3.Model;

namespace Jobs.Aws.Workers;

/// <summary>
/// Writes one object from a stream of unknown length: a single PutObject while it fits one part, else a multipart
/// upload, which is invisible until complete and removed when it fails.
/// </summary>
/// <param name="patience">
/// Asks again what S3 does not answer, part by part: what the stream gave cannot be read twice. Null for no repetition.
/// </param>
internal sealed class ObjectWriter(
    IAmazonS3 s3, string bucket, string key, string? contentType, AwsPatience? patience = null)
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

        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            ContentType = contentType,
            InputStream = part,
            AutoCloseStream = false,
        };
        await AskAsync(() => Sent(part, () => s3.PutObjectAsync(request, cancellation)), cancellation);
    }

    /// <summary>From its beginning, also when it is sent again.</summary>
    private static Task<T> Sent<T>(MemoryStream part, Func<Task<T>> send)
    {
        part.Position = 0;
        return send();
    }

    private Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken cancellation) =>
        patience?.AskAsync($"s3://{bucket}/{key} could not be written", call, denialPasses: false, cancellation)
        ?? call();

    private async Task WritePartsAsync(MemoryStream part, Stream content, CancellationToken cancellation)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ContentType = contentType };
        var begun = await AskAsync(() => s3.InitiateMultipartUploadAsync(begin, cancellation), cancellation);
        try
        {
            var parts = new List<PartETag>();
            for (var more = true; more;)
            {
                var number = parts.Count + 1;
                parts.Add(new PartETag(number, await WritePartAsync(begun.UploadId, number, part, cancellation)));
                more = await FillAsync(part, content, SizeOf(number + 1), cancellation) || part.Length > 0;
            }

            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = begun.UploadId,
                PartETags = parts,
            };
            await AskAsync(() => s3.CompleteMultipartUploadAsync(complete, cancellation), cancellation);
        }
        catch
        {
            await AbortAsync(begun.UploadId);
            throw;
        }
    }

    private async Task AbortAsync(string upload)
    {
        try
        {
            // Not with the caller's token: it may be why we are here, and unfinished parts cost money until they are
            // removed.
            var abort = new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload };
            await s3.AbortMultipartUploadAsync(abort, CancellationToken.None);
        }
#pragma warning disable CA1031 // Why the upload failed is what the caller has to be told.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private async Task<string> WritePartAsync(
        string upload, int number, MemoryStream part, CancellationToken cancellation)
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
        return (await AskAsync(() => Sent(part, () => s3.UploadPartAsync(request, cancellation)), cancellation)).ETag;
    }

    /// <summary>
    /// Parts grow, so that S3's 10,000 of them hold more than the 5 TiB an object may have and the first stay small.
    /// </summary>
    private static int SizeOf(int number) => PartSize * (1 + (number / 50));

    /// <summary>Refills the part. True when it is full, so that more may follow.</summary>
    private static async Task<bool> FillAsync(
        MemoryStream part, Stream content, int size, CancellationToken cancellation)
    {
        part.SetLength(size);
        var read = await content.ReadAtLeastAsync(
            part.GetBuffer().AsMemory(0, size), size, throwOnEndOfStream: false, cancellation);
        part.SetLength(read);
        part.Position = 0;
        return read == size;
    }
}
