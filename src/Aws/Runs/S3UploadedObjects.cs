using Amazon.S3;
using Amazon.S3.Model;
using Jobs.Core.Replays;

namespace Jobs.Aws.Runs;

/// <summary>
/// A bucket's objects from a listing of versions, of which the newest count: the plain listing does not name
/// versions, and to ask each object for its own would take the right to read all of them.
/// </summary>
/// <param name="s3">Made when the first replay lists: few ticks ever do.</param>
/// <param name="runners">Name of the runner's bucket.</param>
public sealed class S3UploadedObjects(Lazy<IAmazonS3> s3, string runners) : IUploadedObjects
{
    private const int MostKeys = 1_000;

    public async Task<IReadOnlyList<Upload>> PageAsync(
        string? bucket, string prefix, string? after, int limit, CancellationToken cancellation)
    {
        var name = bucket ?? runners;
        var uploads = new List<Upload>();
        var request = new ListVersionsRequest
        {
            BucketName = name,
            Prefix = prefix,
            KeyMarker = after,
            MaxKeys = Math.Min(limit, MostKeys),
            Encoding = EncodingType.Url,
        };
        while (uploads.Count < limit)
        {
            var page = await s3.Value.ListVersionsAsync(request, cancellation);
            var newest =
                (page.Versions ?? []).Where(version => version.IsLatest == true && version.IsDeleteMarker != true);
            uploads.AddRange(
                newest.Select(version => Read(name, version, page.Encoding))
                    .Where(upload => upload.Key != after)
                    .Take(limit - uploads.Count));
            if (page.IsTruncated != true) break;
            (request.KeyMarker, request.VersionIdMarker) =
                (ListedText.Decode(page.NextKeyMarker, page.Encoding), page.NextVersionIdMarker);
        }

        return uploads;
    }

    private static Upload Read(string bucket, S3ObjectVersion version, EncodingType? encoding) =>
        new(bucket, ListedText.Decode(version.Key, encoding)!, version.Size ?? 0)
        {
            VersionId = version.VersionId,
            ETag = version.ETag?.Trim('"'),
        };
}
