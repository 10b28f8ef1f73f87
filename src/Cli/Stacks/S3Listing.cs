using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

internal sealed class S3Listing(IAmazonS3 s3, string bucket) : IBucketListing
{
    public async IAsyncEnumerable<Upload> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        do
        {
            var page = await s3.ListObjectsV2Async(request, cancellation);
            foreach (var one in page.S3Objects ?? []) yield return new Upload(bucket, one.Key, one.Size ?? 0) { ETag = one.ETag?.Trim('"') };
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is { Length: > 0 });
    }

    public async Task<Upload?> WithVersionAsync(Upload listed, CancellationToken cancellation)
    {
        try
        {
            var head = await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = listed.Key }, cancellation);
            return listed with { VersionId = head.VersionId };
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
