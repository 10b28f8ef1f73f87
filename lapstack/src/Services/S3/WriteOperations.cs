using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>PutObject and CopyObject.</summary>
internal sealed class WriteOperations(Buckets buckets, Blobs blobs, ObjectEvents events, Ids ids) : IS3Operations
{
    public IEnumerable<S3Route> Routes =>
    [
        S3Route.For("PUT", S3Level.Object, null, Copy, header: CopySource.Header),
        S3Route.For("PUT", S3Level.Object, null, Put),
    ];

    private Operation Put(S3Request request)
    {
        var headers = ObjectHeaders.Read(request.Wire);
        var condition = Preconditions.OfWrite(request.Wire, request.Key);
        return new("PutObject", [new AccessRequest("s3:PutObject", request.ObjectArn)], async cancellation =>
        {
            var bucket = buckets.Get(request.Bucket);
            condition?.Invoke(bucket.Newest(request.Key) is { IsDeleteMarker: false } newest ? newest : null);
            var wire = request.Wire;
            var checksums = new Dictionary<string, string>();
            using var digests = new Digests(Checksums.Wanted(wire));
            var blob = await blobs.WriteAsync(wire.Body, digests, () => checksums = Checksums.Verify(wire, digests), cancellation);
            var version = await AddAsync(
                bucket, request, "PutObject", condition, Convert.ToHexStringLower(digests.Md5()), [blob], headers, checksums);
            return new WireResponse { ContentLength = 0, Headers = Written(version) };
        });
    }

    private Operation Copy(S3Request request)
    {
        var source = CopySource.Read(request.Wire);
        var replace = request.Wire.Header("x-amz-metadata-directive") == "REPLACE";
        var own = replace ? ObjectHeaders.Read(request.Wire) : null;
        return new("CopyObject", [source.Access, new AccessRequest("s3:PutObject", request.ObjectArn)], async cancellation =>
        {
            var bucket = buckets.Get(request.Bucket);
            var from = source.Find(buckets);
            if (!replace && source.Bucket == request.Bucket && source.Key == request.Key && source.VersionId is null)
                throw new ServiceError("InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
            using var digests = new Digests([]);
            await using var content = blobs.OpenRead(from.Blobs);
            var blob = await blobs.WriteAsync(content, digests, () => { }, cancellation);
            var version = await AddAsync(
                bucket, request, "CopyObject", null, Convert.ToHexStringLower(digests.Md5()), [blob], own ?? from.Headers, from.Checksums);
            var response = S3Xml.Answer("CopyObjectResult", new XElement("ETag", S3Xml.Quoted(version.ETag)), new XElement("LastModified", IsoTime.Milliseconds(version.LastModified)));
            foreach (var (name, value) in Written(version).Where(h => h.Key != "ETag")) response.Headers[name] = value;
            if (from.VersionId != ObjectVersion.NullVersion) response.Headers["x-amz-copy-source-version-id"] = from.VersionId;
            return response;
        });
    }

    // From here on nothing is cancelled: a client that goes away must not leave an object without its event.
    private async Task<ObjectVersion> AddAsync(
        Bucket bucket,
        S3Request request,
        string reason,
        Action<ObjectVersion?>? condition,
        string etag,
        IReadOnlyList<Blob> content,
        IReadOnlyDictionary<string, string> headers,
        IReadOnlyDictionary<string, string> checksums)
    {
        var id = bucket.Versioned ? ids.Text(32) : ObjectVersion.NullVersion;
        var (added, replaced) = bucket.Add(
            (sequencer, now) => new ObjectVersion
            {
                Key = request.Key,
                VersionId = id,
                Sequencer = sequencer,
                LastModified = now,
                Size = content.Sum(b => b.Size),
                ETag = etag,
                Blobs = content,
                Headers = headers,
                Checksums = checksums,
            },
            condition,
            request.Key);
        if (replaced is not null) blobs.Delete(replaced.Blobs);
        await events.CreatedAsync(bucket, added, reason, request.Wire, CancellationToken.None);
        return added;
    }

    private static Dictionary<string, string> Written(ObjectVersion version)
    {
        var headers = new Dictionary<string, string>(version.Checksums, StringComparer.OrdinalIgnoreCase) { ["ETag"] = S3Xml.Quoted(version.ETag) };
        ObjectHeaders.Identify(headers, version);
        return headers;
    }
}
