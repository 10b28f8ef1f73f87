using Amazon.S3;
using Amazon.S3.Model;
using Jobs.Aws;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

internal sealed class S3UploadVersions(IAmazonS3 s3, string runners) : IUploadVersions
{
    public async Task<IReadOnlyList<Upload>> OfAsync(
        string? bucket, string key, int limit, CancellationToken cancellation)
    {
        var name = bucket ?? runners;
        // A key comes before all others that begin with it, newest version first: one page has as many as are wanted.
        var page = await s3.ListVersionsAsync(
            new ListVersionsRequest { BucketName = name, Prefix = key, MaxKeys = limit, Encoding = EncodingType.Url },
            cancellation);
        return
        [
            .. (page.Versions ?? [])
                .Where(version => version.IsDeleteMarker != true)
                .Where(version => ListedText.Decode(version.Key, page.Encoding) == key)
                .Select(version => new Upload(name, key, version.Size ?? 0)
                {
                    VersionId = version.VersionId,
                    ETag = version.ETag?.Trim('"'),
                }),
        ];
    }
}
