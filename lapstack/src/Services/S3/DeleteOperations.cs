using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// DeleteObject and DeleteObjects. In a versioned bucket a delete without a version id puts a marker on top.
/// </summary>
internal sealed class DeleteOperations(
    Buckets buckets, Blobs blobs, ObjectEvents events, Ids ids, TimeProvider clock) : IS3Operations
{
    private const int MostKeys = 1000;

    public IEnumerable<S3Route> Routes =>
    [
        S3Route.For("DELETE", S3Level.Object, null, DeleteOne),
        new("POST", S3Level.Bucket, "delete", DeleteManyAsync),
    ];

    private Operation DeleteOne(S3Request request) => new(
        "DeleteObject",
        [request.ObjectAccess("s3:DeleteObject", "s3:DeleteObjectVersion")],
        async _ =>
        {
            var deleted = await DeleteAsync(buckets.Get(request.Bucket), request.Key, request.VersionId, request.Wire);
            var response = WireResponse.Empty(204);
            if (deleted is not null) ObjectHeaders.Identify(response.Headers, deleted);
            return response;
        });

    // IAM decides key by key here too, but one denial refuses the whole call: S3 would answer it key by key.
    private async Task<Operation> DeleteManyAsync(S3Request request, CancellationToken cancellation)
    {
        var body = await S3Xml.ReadAsync(request.Wire, cancellation);
        var quiet = body.Child("Quiet") == "true";
        var wanted = body.Children("Object")
            .Select(o => (Key: o.Child("Key") ?? throw S3Errors.MalformedXml(), VersionId: o.Child("VersionId")))
            .ToList();
        if (wanted.Count is 0 or > MostKeys) throw S3Errors.MalformedXml();
        var access = wanted.Select(
            w =>
                new AccessRequest(
                    w.VersionId is null ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
                    $"{request.BucketArn}/{w.Key}"));
        return new("DeleteObjects", [.. access], async _ =>
        {
            var bucket = buckets.Get(request.Bucket);
            var results = new List<XElement>();
            foreach (var (key, versionId) in wanted)
                results.Add(Result(key, versionId, await DeleteAsync(bucket, key, versionId, request.Wire)));
            return S3Xml.Answer("DeleteResult", quiet ? [] : results);
        });
    }

    /// <summary>
    /// The marker that was made or the version that is gone; null when there was nothing, which is no error.
    /// </summary>
    private async Task<ObjectVersion?> DeleteAsync(Bucket bucket, string key, string? versionId, WireRequest request)
    {
        if (versionId is null && bucket.Versioned)
        {
            var (marker, _) = bucket.Add((sequencer, now) => Marker(key, sequencer, now), null, key);
            await events.MarkedAsync(bucket, marker, request, CancellationToken.None);
            return marker;
        }

        if (bucket.Remove(key, versionId ?? ObjectVersion.NullVersion) is not var (removed, gone)) return null;
        blobs.Delete(removed.Blobs);
        await events.RemovedAsync(bucket, removed, gone, clock.GetUtcNow(), request, CancellationToken.None);
        return removed;
    }

    private ObjectVersion Marker(string key, string sequencer, DateTimeOffset now) =>
        new() { Key = key, VersionId = ids.Text(32), Sequencer = sequencer, LastModified = now, IsDeleteMarker = true };

    private static XElement Result(string key, string? versionId, ObjectVersion? deleted)
    {
        var result = new XElement("Deleted", new XElement("Key", key));
        if (versionId is not null) result.Add(new XElement("VersionId", versionId));
        if (deleted is { IsDeleteMarker: true })
            result.Add(new XElement("DeleteMarker", "true"), new XElement("DeleteMarkerVersionId", deleted.VersionId));
        return result;
    }
}
