using System.Globalization;
using System.Xml.Linq;
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
        S3Route.For("GET", S3Level.Object, "partNumber", request => Read("GetObject", request)),
        S3Route.For("HEAD", S3Level.Object, "partNumber", request => Read("HeadObject", request)),
        S3Route.For("GET", S3Level.Object, "attributes", ReadAttributes),
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
        var range = wire.Parameter("partNumber") is { } part
            ? ByteRange.OfPart(part, wire.Header("Range"), version.Blobs)
            : ByteRange.Parse(wire.Header("Range"), version.Size);
        var (start, length) = range is { } asked ? (asked.Start, asked.Length) : (0, version.Size);
        var headers = ObjectHeaders.Describe(version, wire, whole: range is null);
        if (range is not null)
        {
            headers["Content-Range"] = string.Create(
                CultureInfo.InvariantCulture, $"bytes {start}-{start + length - 1}/{version.Size}");
        }

        if (wire.Parameter("partNumber") is not null && version.IsMultipart)
        {
            headers["x-amz-mp-parts-count"] = version.Blobs.Count.ToString(CultureInfo.InvariantCulture);
        }

        return new WireResponse
        {
            Status = range is null ? 200 : 206,
            ContentType = ObjectHeaders.ContentType(version, wire),
            ContentLength = length,
            Headers = headers,
            Body = (stream, cancellation) => blobs.CopyToAsync(version.Blobs, start, length, stream, cancellation),
        };
    }

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html</summary>
    private Operation ReadAttributes(S3Request request)
    {
        var wanted = (request.Wire.Header("x-amz-object-attributes") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0)
        {
            throw S3Errors.InvalidArgument(
                "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or " +
                "empty",
                "x-amz-object-attributes",
                "");
        }

        if (wanted.FirstOrDefault(name => !Attributes.ContainsKey(name)) is { } unknown)
            throw S3Errors.InvalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", unknown);
        AccessRequest[] access =
        [
            request.ObjectAccess("s3:GetObject", "s3:GetObjectVersion"),
            request.ObjectAccess("s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"),
        ];
        return new("GetObjectAttributes", access, _ =>
        {
            var version = Find(request);
            var response = S3Xml.Answer(
                "GetObjectAttributesResponse",
                Attributes.Where(attribute => wanted.Contains(attribute.Key))
                    .Select(attribute => attribute.Value(version)));
            ObjectHeaders.Identify(response.Headers, version);
            response.Headers["Last-Modified"] = version.LastModified.ToString("R", CultureInfo.InvariantCulture);
            return Task.FromResult(response);
        });
    }

    /// <summary>In the order of the answer.</summary>
    private static readonly Dictionary<string, Func<ObjectVersion, XElement?>> Attributes = new()
    {
        ["ETag"] = version => new XElement("ETag", version.ETag),
        ["Checksum"] = version =>
            version.Checksums.Count > 0 ? new XElement("Checksum", Checksums.Elements(version.Checksums)) : null,
        ["ObjectParts"] = version =>
            version.IsMultipart ? new XElement("ObjectParts", new XElement("PartsCount", version.Blobs.Count)) : null,
        ["StorageClass"] = version => new XElement("StorageClass", version.StorageClass),
        ["ObjectSize"] = version => new XElement("ObjectSize", version.Size),
    };

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
        var list = new AccessRequest("s3:ListBucket", request.BucketArn);
        var refusal = authorizer.SilentRefusal(request.Wire.Caller, list);
        throw refusal is null
            ? S3Errors.NoSuchKey(request.Key)
            : new ServiceError("AccessDenied", refusal.Sentence, 403);
    }
}
