using System.Globalization;
using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>GetObject and HeadObject.</summary>
internal sealed class ReadOperations(Buckets buckets, Blobs blobs, IAuthorizer authorizer) : IS3Operations
{
    public IEnumerable<S3Route> Routes =>
    [
        S3Route.For("GET", S3Level.Object, null, request => Read("GetObject", request)),
        S3Route.For("HEAD", S3Level.Object, null, request => Read("HeadObject", request)),
    ];

    private Operation Read(string name, S3Request request) => new(
        name,
        [request.ObjectAccess("s3:GetObject", "s3:GetObjectVersion")],
        _ => Task.FromResult(Answer(request, Find(request))));

    private WireResponse Answer(S3Request request, ObjectVersion version)
    {
        var wire = request.Wire;
        if (Preconditions.IsNotModified(wire, version))
            return new WireResponse { Status = 304, Headers = ObjectHeaders.Describe(version, wire, whole: false) };
        var range = ByteRange.Parse(wire.Header("Range"), version.Size);
        var (start, length) = range is { } part ? (part.Start, part.Length) : (0, version.Size);
        var headers = ObjectHeaders.Describe(version, wire, whole: range is null);
        if (range is not null) headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{start + length - 1}/{version.Size}");
        return new WireResponse
        {
            Status = range is null ? 200 : 206,
            ContentType = ObjectHeaders.ContentType(version, wire),
            ContentLength = length,
            Headers = headers,
            Body = (stream, cancellation) => blobs.CopyToAsync(version.Blobs, start, length, stream, cancellation),
        };
    }

    private ObjectVersion Find(S3Request request)
    {
        var bucket = buckets.Get(request.Bucket);
        if (request.VersionId is { } id)
        {
            var version = bucket.Find(request.Key, id) ?? throw S3Errors.NoSuchVersion(request.Key, id);
            return version.IsDeleteMarker ? throw S3Errors.MethodNotAllowed() : version;
        }

        if (bucket.Newest(request.Key) is { IsDeleteMarker: false } newest) return newest;

        // Who may not list the bucket does not learn that a key is absent.
        var refusal = authorizer.Refusal(request.Wire.Caller, new AccessRequest("s3:ListBucket", request.BucketArn));
        throw refusal is null ? S3Errors.NoSuchKey(request.Key) : new ServiceError("AccessDenied", $"There is no such key, and to be told so takes more: {refusal}", 403);
    }
}
