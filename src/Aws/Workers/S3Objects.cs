using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Jobs.Core.Objects;

namespace Jobs.Aws.Workers;

/// <summary>
/// Objects in S3. Reads are pinned to one version and survive dropped connections; writes need bounded memory whatever
/// their size.
/// </summary>
/// <param name="patience">
/// Asks again what S3 does not answer, as a worker does; null leaves it at the SDK's own retries.
/// </param>
public sealed class S3Objects(IAmazonS3 s3, TimeProvider clock, AwsPatience? patience = null) : IObjects
{
    public async Task<Stream> OpenAsync(
        string bucket, string key, string? versionId, string? eTag, CancellationToken cancellation)
    {
        var version = new ObjectVersion(bucket, key, versionId, versionId is null ? eTag : null);
        var first = await GetAsync(version, from: 0, cancellation);
        var pinned = first.VersionId is { Length: > 0 } id && id != "null"
            ? version with { VersionId = id, ETag = null }
            : version with { ETag = first.ETag };
        return new ResumingStream(
            $"s3://{bucket}/{key}",
            first.ResponseStream,
            first.ContentLength,
            async (from, stop) => (await GetAsync(pinned, from, stop)).ResponseStream,
            clock);
    }

    public Task WriteAsync(
        string bucket, string key, Stream content, string? contentType, CancellationToken cancellation) =>
        new ObjectWriter(s3, bucket, key, contentType, patience).WriteAsync(content, cancellation);

    public async IAsyncEnumerable<ListedObject> ListAsync(
        string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, Encoding = EncodingType.Url };
        do
        {
            var page = await ListPageAsync(request, cancellation);
            foreach (var listed in page.S3Objects ?? [])
            {
                yield return new ListedObject(
                    ListedText.Decode(listed.Key, page.Encoding)!,
                    listed.Size ?? 0,
                    listed.LastModified?.ToUniversalTime() ?? default(DateTimeOffset));
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is { Length: > 0 });
    }

    private async Task<ListObjectsV2Response> ListPageAsync(
        ListObjectsV2Request request, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(
                $"s3://{request.BucketName}/{request.Prefix} could not be listed",
                () => s3.ListObjectsV2Async(request, cancellation),
                cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            throw new UnauthorizedAccessException(
                $"This job's role may not list s3://{request.BucketName}/{request.Prefix}. A job lists what it " +
                $"declares with [Lists] or [Reads]. S3 said: {e.Message}", e);
        }
    }

    private async Task<GetObjectResponse> GetAsync(ObjectVersion version, long from, CancellationToken cancellation)
    {
        var request = new GetObjectRequest
        {
            BucketName = version.Bucket,
            Key = version.Key,
            VersionId = version.VersionId,
            EtagToMatch = version.ETag,
        };
        if (from > 0) request.ByteRange = new ByteRange($"bytes={from}-");
        try
        {
            return await AskAsync(
                $"s3://{version.Bucket}/{version.Key} could not be read",
                () => s3.GetObjectAsync(request, cancellation),
                cancellation);
        }
        catch (AmazonS3Exception e) when (Translate(e, version) is { } known)
        {
            throw known;
        }
    }

    private Task<T> AskAsync<T>(string failure, Func<Task<T>> call, CancellationToken cancellation) =>
        patience?.AskAsync(failure, call, denialPasses: false, cancellation) ?? call();

    /// <summary>
    /// 405 is S3's answer for a version that is a delete marker. Without s3:ListBucket, S3 says 403 also for what is
    /// not there. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    /// </summary>
    private static Exception? Translate(AmazonS3Exception e, ObjectVersion version) => e.StatusCode switch
    {
        HttpStatusCode.NotFound when e.ErrorCode != "NoSuchBucket" =>
            new ObjectGoneException(version.Bucket, version.Key, version.VersionId, e),
        HttpStatusCode.MethodNotAllowed => new ObjectGoneException(version.Bucket, version.Key, version.VersionId, e),
        HttpStatusCode.PreconditionFailed =>
            new ObjectChangedException(version.Bucket, version.Key, version.ETag ?? "", e),
        HttpStatusCode.Forbidden => new UnauthorizedAccessException(
            $"This job's role may not read s3://{version.Bucket}/{version.Key}, or the object is not there. " +
            $"A job reads what its upload triggers name and what it declares with [Reads]. S3 said: {e.Message}",
            e),
        _ => null,
    };

    private sealed record ObjectVersion(string Bucket, string Key, string? VersionId, string? ETag);
}
