using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>PutObject and CopyObject.</summary>
internal sealed class WriteOperations(Buckets buckets, Blobs blobs, ObjectWriter writer) : IS3Operations
{
    public IEnumerable<S3Route> Routes =>
    [
        S3Route.For("PUT", S3Level.Object, null, Copy, header: CopySource.Header),
        S3Route.For("PUT", S3Level.Object, null, Put),
    ];

    private Operation Put(S3Request request)
    {
        var headers = ObjectHeaders.Read(request.Wire);
        var tags = ObjectTags.Read(request.Wire.Header(ObjectTags.Header));
        var condition = Preconditions.OfWrite(request.Wire, request.Key);
        return new("PutObject", Access(request, tags), async cancellation =>
        {
            var bucket = buckets.Get(request.Bucket);
            condition?.Invoke(bucket.Newest(request.Key) is { IsDeleteMarker: false } newest ? newest : null);
            var wire = request.Wire;
            var checksums = new Dictionary<string, string>();
            using var digests = new Digests(Checksums.Wanted(wire));
            var blob = await blobs.WriteAsync(
                wire.Body, digests, () => checksums = Checksums.Verify(wire, digests), cancellation);
            var content = new ObjectContent([blob], Convert.ToHexStringLower(digests.Md5()), headers, checksums, tags);
            var version = await writer.AddAsync(bucket, request.Key, content, "PutObject", wire, condition);
            return new WireResponse { ContentLength = 0, Headers = ObjectHeaders.Written(version) };
        });
    }

    private Operation Copy(S3Request request)
    {
        var source = CopySource.Read(request.Wire);
        var replace = request.Wire.Header("x-amz-metadata-directive") == "REPLACE";
        var own = ObjectHeaders.Read(request.Wire);
        var tags = request.Wire.Header("x-amz-tagging-directive") == "REPLACE"
            ? ObjectTags.Read(request.Wire.Header(ObjectTags.Header))
            : null;
        return new("CopyObject", [source.Access, .. Access(request, tags ?? [])], async cancellation =>
        {
            var bucket = buckets.Get(request.Bucket);
            var from = source.Find(buckets);
            if (!replace
                && !own.ContainsKey(StorageClasses.Header)
                && source.Bucket == request.Bucket
                && source.Key == request.Key
                && source.VersionId is null)
                throw new ServiceError(
                    "InvalidRequest",
                    "This copy request is illegal because it is trying to copy an object to itself without changing " +
                    "the object's metadata, storage class, website redirect location or encryption attributes.");
            var algorithms = Checksums.OfCopy(request.Wire, from);
            using var digests = new Digests(algorithms);
            await using var content = blobs.OpenRead(from.Blobs);
            var blob = await blobs.WriteAsync(content, digests, () => { }, cancellation);
            var copied = new ObjectContent(
                [blob], Convert.ToHexStringLower(digests.Md5()), replace
                    ? own
                    : HeadersOf(from, own), Checksums.Of(digests, algorithms), tags ?? from.Tags);
            var version = await writer.AddAsync(bucket, request.Key, copied, "CopyObject", request.Wire);
            var response = S3Xml.Answer(
                "CopyObjectResult",
                new XElement("ETag", S3Xml.Quoted(version.ETag)),
                new XElement("LastModified", IsoTime.Milliseconds(version.LastModified)),
                Checksums.Elements(version.Checksums));
            ObjectHeaders.Identify(response.Headers, version);
            ObjectHeaders.Encrypt(response.Headers);
            if (from.VersionId != ObjectVersion.NullVersion)
            {
                response.Headers["x-amz-copy-source-version-id"] = from.VersionId;
            }

            return response;
        });
    }

    /// <summary>The source's, but for its storage class: a copy is of the class it asks for.</summary>
    private static Dictionary<string, string> HeadersOf(ObjectVersion source, Dictionary<string, string> own)
    {
        var headers = new Dictionary<string, string>(source.Headers, StringComparer.OrdinalIgnoreCase);
        headers.Remove(StorageClasses.Header);
        if (own.TryGetValue(StorageClasses.Header, out var storage)) headers[StorageClasses.Header] = storage;
        return headers;
    }

    private static AccessRequest[] Access(S3Request request, Dictionary<string, string> tags) => tags.Count == 0
        ? [new("s3:PutObject", request.ObjectArn)]
        : [new("s3:PutObject", request.ObjectArn), new("s3:PutObjectTagging", request.ObjectArn)];
}
