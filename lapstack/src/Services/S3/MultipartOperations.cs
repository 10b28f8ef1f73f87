using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>Multipart uploads. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html</summary>
internal sealed class MultipartOperations(
    Buckets buckets, Blobs blobs, Uploads uploads, ObjectEvents events, Ids ids, TimeProvider clock) : IS3Operations
{
    private const int MostParts = 10_000;
    private const long SmallestPart = 5 * 1024 * 1024;

    public IEnumerable<S3Route> Routes =>
    [
        S3Route.For("POST", S3Level.Object, "uploads", Create),
        S3Route.For("PUT", S3Level.Object, "uploadId", CopyPart, header: CopySource.Header),
        S3Route.For("PUT", S3Level.Object, "uploadId", UploadPart),
        new("POST", S3Level.Object, "uploadId", CompleteAsync),
        S3Route.For("DELETE", S3Level.Object, "uploadId", Abort),
        S3Route.For("GET", S3Level.Object, "uploadId", ListParts),
        S3Route.For("GET", S3Level.Bucket, "uploads", List),
    ];

    private Operation Create(S3Request request)
    {
        var headers = ObjectHeaders.Read(request.Wire);
        var tags = ObjectTags.Read(request.Wire.Header(ObjectTags.Header));
        var access = tags.Count == 0
            ? Access("s3:PutObject", request)
            : [.. Access("s3:PutObject", request), .. Access("s3:PutObjectTagging", request)];
        return new("CreateMultipartUpload", access, _ =>
        {
            buckets.Get(request.Bucket);
            var upload = new Upload(ids.Text(64), request.Bucket, request.Key, clock.GetUtcNow(), headers, tags);
            uploads.Begin(upload);
            var response = S3Xml.Answer(
                "InitiateMultipartUploadResult",
                new XElement("Bucket", upload.Bucket),
                new XElement("Key", upload.Key),
                new XElement("UploadId", upload.Id));
            foreach (var name in new[] { "x-amz-checksum-algorithm", "x-amz-checksum-type" })
                if (request.Wire.Header(name) is { } value) response.Headers[name] = value;
            ObjectHeaders.Encrypt(response.Headers);
            return Task.FromResult(response);
        });
    }

    private Operation UploadPart(S3Request request)
    {
        var number = PartNumber(request);
        return new("UploadPart", Access("s3:PutObject", request), async cancellation =>
        {
            var part = await StoreAsync(request, number, request.Wire.Body, request.Wire, cancellation);
            var headers = new Dictionary<string, string>(
                part.Checksums, StringComparer.OrdinalIgnoreCase)
            { ["ETag"] = S3Xml.Quoted(part.ETag) };
            ObjectHeaders.Encrypt(headers);
            return new WireResponse { ContentLength = 0, Headers = headers };
        });
    }

    private Operation CopyPart(S3Request request)
    {
        var number = PartNumber(request);
        var source = CopySource.Read(request.Wire);
        return new("UploadPartCopy", [source.Access, .. Access("s3:PutObject", request)], async cancellation =>
        {
            var from = source.Find(buckets);
            var range = ByteRange.Parse(request.Wire.Header("x-amz-copy-source-range"), from.Size);
            await using var content = blobs.OpenRead(from.Blobs, range?.Start ?? 0, range?.Length ?? from.Size);
            var part = await StoreAsync(request, number, content, null, cancellation);
            return S3Xml.Answer(
                "CopyPartResult",
                new XElement("ETag", S3Xml.Quoted(part.ETag)),
                new XElement("LastModified", IsoTime.Milliseconds(part.LastModified)));
        });
    }

    /// <param name="claims">The request whose checksums are to be checked; null when the bytes come from here.</param>
    private async Task<UploadPart> StoreAsync(
        S3Request request, int number, Stream content, WireRequest? claims, CancellationToken cancellation)
    {
        var upload = Upload(request);
        var checksums = new Dictionary<string, string>();
        using var digests = new Digests(claims is null ? [] : Checksums.Wanted(claims));
        void Check() => checksums = claims is null ? [] : Checksums.Verify(claims, digests);
        var blob = await blobs.WriteAsync(content, digests, Check, cancellation);
        var part = new UploadPart(number, Convert.ToHexStringLower(digests.Md5()), blob, clock.GetUtcNow(), checksums);
        if (uploads.Put(upload, part) is { } replaced) blobs.Delete([replaced.Blob]);
        return part;
    }

    private async Task<Operation> CompleteAsync(S3Request request, CancellationToken cancellation)
    {
        var condition = Preconditions.OfWrite(request.Wire, request.Key);
        var body = await S3Xml.ReadAsync(request.Wire, cancellation);
        var named = body.Children("Part")
            .Select(p => (Number: p.Child("PartNumber"), ETag: p.Child("ETag")?.Trim('"')))
            .ToList();
        if (named.Count == 0) throw S3Errors.MalformedXml();
        return new("CompleteMultipartUpload", Access("s3:PutObject", request), async _ =>
        {
            var bucket = buckets.Get(request.Bucket);
            var upload = Upload(request);
            var stored = uploads.Parts(upload);
            var parts = CompletedParts.Choose(named, stored, SmallestPart);
            var (version, replaced) = bucket.Add(
                (sequencer, now) => Assemble(bucket, upload, parts, sequencer, now), condition, request.Key);
            uploads.End(upload);
            blobs.Delete([.. stored.Except(parts).Select(p => p.Blob), .. replaced?.Blobs ?? []]);
            await events.CreatedAsync(bucket, version, "CompleteMultipartUpload", request.Wire, CancellationToken.None);
            var response = S3Xml.Answer(
                "CompleteMultipartUploadResult",
                new XElement(
                    "Location", $"http://{request.Wire.Host}/{upload.Bucket}/{Uri.EscapeDataString(upload.Key)}"),
                new XElement("Bucket", upload.Bucket),
                new XElement("Key", upload.Key),
                new XElement("ETag", S3Xml.Quoted(version.ETag)),
                Checksums.Elements(version.Checksums));
            ObjectHeaders.Identify(response.Headers, version);
            ObjectHeaders.Encrypt(response.Headers);
            return response;
        });
    }

    // The etag of a multipart object is the MD5 of its parts' MD5s and their number.
    private ObjectVersion Assemble(
        Bucket bucket, Upload upload, IReadOnlyList<UploadPart> parts, string sequencer, DateTimeOffset now) => new()
        {
            Key = upload.Key,
            VersionId = bucket.Versioned ? ids.Text(32) : ObjectVersion.NullVersion,
            Sequencer = sequencer,
            LastModified = now,
            Size = parts.Sum(p => p.Blob.Size),
#pragma warning disable CA5351 // S3's etag is an MD5 by definition.
            ETag = $"{Convert.ToHexStringLower(MD5.HashData([.. parts.SelectMany(p => Convert.FromHexString(p.ETag))]))}-{parts.Count}",
#pragma warning restore CA5351
            Blobs = [.. parts.Select(p => p.Blob)],
            Headers = upload.Headers,
            Tags = upload.Tags ?? new Dictionary<string, string>(),
            Checksums = Checksums.Composite([.. parts.Select(p => p.Checksums)]),
        };

    private Operation Abort(S3Request request) => new("AbortMultipartUpload",
        Access("s3:AbortMultipartUpload", request), _ =>
    {
        var upload = Upload(request);
        var parts = uploads.Parts(upload);
        uploads.End(upload);
        blobs.Delete(parts.Select(p => p.Blob));
        return Task.FromResult(WireResponse.Empty(204));
    });

    private Operation ListParts(S3Request request) => new("ListParts", Access("s3:ListMultipartUploadParts", request),
        _ =>
    {
        var upload = Upload(request);
        var after = int.TryParse(request.Wire.Parameter("part-number-marker"), out var marker) ? marker : 0;
        var max = int.TryParse(request.Wire.Parameter("max-parts"), out var asked) ? Math.Clamp(asked, 1, 1000) : 1000;
        var rest = uploads.Parts(upload).Where(p => p.Number > after).ToList();
        var page = rest.Take(max).ToList();
        return Task.FromResult(S3Xml.Answer(
            "ListPartsResult",
            new XElement("Bucket", upload.Bucket),
            new XElement("Key", upload.Key),
            new XElement("UploadId", upload.Id),
            new XElement("PartNumberMarker", after),
            new XElement("MaxParts", max),
            new XElement("IsTruncated", rest.Count > max),
            rest.Count > max ? new XElement("NextPartNumberMarker", page[^1].Number) : null,
            page.Select(p => new XElement(
                "Part",
                new XElement("PartNumber", p.Number),
                new XElement("LastModified", IsoTime.Milliseconds(p.LastModified)),
                new XElement("ETag", S3Xml.Quoted(p.ETag)),
                new XElement("Size", p.Blob.Size)))));
    });

    private Operation List(S3Request request) => new(
        "ListMultipartUploads",
        [new AccessRequest("s3:ListBucketMultipartUploads", request.BucketArn)],
        _ => Task.FromResult(S3Xml.Answer(
            "ListMultipartUploadsResult",
            new XElement("Bucket", buckets.Get(request.Bucket).Name),
            new XElement("IsTruncated", false),
            uploads.Of(request.Bucket).Select(u => new XElement(
                "Upload",
                new XElement("Key", u.Key),
                new XElement("UploadId", u.Id),
                new XElement("Initiated", IsoTime.Milliseconds(u.Initiated)))))));

    private Upload Upload(S3Request request)
    {
        buckets.Get(request.Bucket);
        return uploads.Get(request.Wire.Parameter("uploadId") ?? "", request.Bucket, request.Key);
    }

    private static AccessRequest[] Access(string action, S3Request request) =>
        [new AccessRequest(action, request.ObjectArn)];

    private static int PartNumber(S3Request request)
    {
        var text = request.Wire.Parameter("partNumber") ?? "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= MostParts
            ? number
            : throw S3Errors.InvalidArgument(
                $"Part number must be an integer between 1 and {MostParts}, inclusive", "partNumber", text);
    }
}
