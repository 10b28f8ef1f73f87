using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Jobs.Core.Children;

namespace Jobs.Aws.Runs;

/// <summary>Arrays in the runner's bucket, read from where the last reading ended.</summary>
/// <param name="s3">Made when the first array is read: few functions ever do.</param>
public sealed class S3ArrayItems(Lazy<IAmazonS3> s3, string bucket) : IArrayItems
{
    public async Task<IReadOnlyList<ArrayLine>?> ReadAsync(string key, long offset, int skip, int limit,
        CancellationToken cancellation)
    {
        try
        {
            var request = new GetObjectRequest { BucketName = bucket, Key = key };
            if (offset > 0) request.ByteRange = new ByteRange($"bytes={offset}-");
            using var answer = await s3.Value.GetObjectAsync(request, cancellation);
            return await ArrayReader.ReadAsync(answer.ResponseStream, offset, skip, limit, cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return [];
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            // To a role that may not list the bucket S3 says 403 also of what is not there.
            // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
            return null;
        }
    }
}
