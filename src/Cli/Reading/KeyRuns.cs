using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Triggers;

namespace Jobs.Cli.Reading;

/// <summary>
/// The runs that the uploads of a key started, in whatever bucket: their ids follow from the object's versions, so
/// nothing is searched.
/// </summary>
internal static class KeyRuns
{
    /// <summary>Newest versions of the key that are looked at.</summary>
    private const int MaxVersions = 20;

    /// <param name="bucket">As a trigger names it, or as S3 does; null for every one whose uploads start jobs.</param>
    /// <exception cref="CliException">No job is started by uploads of this bucket.</exception>
    public static async Task<RunBatch> ReadAsync(
        IStack stack, IReadOnlyList<string> jobs, string key, string? bucket, CancellationToken cancellation)
    {
        var buckets = await BucketsAsync(stack, bucket, cancellation);
        var uploads = await Task.WhenAll(
            buckets.Select(one => stack.Versions.OfAsync(one, key, MaxVersions, cancellation)));
        var ids = uploads.SelectMany(versions => versions)
            .SelectMany(upload => jobs.Select(job => IdOf(job, upload)))
            .OfType<RunId>()
            .ToList();
        return await RunBatch.ReadAsync(stack.History, ids, cancellation);
    }

    /// <returns>Names in S3; null for the runner's.</returns>
    private static async Task<IReadOnlyList<string?>> BucketsAsync(
        IStack stack, string? bucket, CancellationToken cancellation)
    {
        if (bucket is not null && bucket == stack.Place.Output(OutputNames.Bucket)) return [null];
        var catalog = await stack.CatalogAsync(cancellation);
        if (bucket is null) return [null, .. catalog.OtherBuckets];
        var name = catalog.FindBucket(bucket);
        return catalog.OtherBuckets.Contains(name)
            ? [name]
            : throw CliException.Failed(
                $"No job is started by uploads of bucket '{bucket}'. The stack's buckets are " +
                $"{string.Join(", ", catalog.OtherBuckets.Prepend(stack.Place.Output(OutputNames.Bucket)))}.");
    }

    private static RunId? IdOf(string job, Upload upload)
    {
        try
        {
            return UploadIntake.Identify(job, upload);
        }
        catch (RejectedMessageException)
        {
            // Nothing tells it from another upload of the key, so it started nothing.
            return null;
        }
    }
}
