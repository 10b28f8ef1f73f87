using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>ListObjectsV2, ListObjects and ListObjectVersions.</summary>
internal sealed class ListOperations(Buckets buckets, Account account) : IS3Operations
{
    private const int LargestPage = 1000;

    public IEnumerable<S3Route> Routes =>
    [
        S3Route.For(
            "GET",
            S3Level.Bucket,
            "list-type",
            request => Operation("ListObjectsV2", "s3:ListBucket", request, ListV2)),
        S3Route.For(
            "GET",
            S3Level.Bucket,
            "versions",
            request => Operation("ListObjectVersions", "s3:ListBucketVersions", request, ListVersions)),
        S3Route.For("GET", S3Level.Bucket, null, request => Operation("ListObjects", "s3:ListBucket", request, ListV1)),
    ];

    private static Operation Operation(string name, string action, S3Request request, Func<Page, WireResponse> answer)
    {
        var page = new Page(request);
        return new(
            name, [new AccessRequest(action, request.BucketArn, page.Context())], _ => Task.FromResult(answer(page)));
    }

    private WireResponse ListV2(Page page)
    {
        var token = page.Request.Wire.Parameter("continuation-token");
        var startAfter = page.Request.Wire.Parameter("start-after");
        var listing = Listing.Of(
            buckets.Get(page.Request.Bucket).Current(),
            page.Prefix,
            page.Delimiter,
            token is null ? startAfter : Decode(token),
            page.Max);
        var owner = page.Request.Wire.Parameter("fetch-owner") == "true";
        return S3Xml.Answer(
            "ListBucketResult",
            page.Head(),
            new XElement("KeyCount", listing.Contents.Count + listing.CommonPrefixes.Count),
            new XElement("IsTruncated", listing.Next is not null),
            token is null ? null : new XElement("ContinuationToken", token),
            listing.Next is null
                ? null
                : new XElement("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(listing.Next))),
            startAfter is null ? null : new XElement("StartAfter", page.Encode(startAfter)),
            listing.Contents.Select(v => Entry("Contents", v, page, owner)),
            page.Common(listing));
    }

    private WireResponse ListV1(Page page)
    {
        var marker = page.Request.Wire.Parameter("marker");
        var listing = Listing.Of(
            buckets.Get(page.Request.Bucket).Current(), page.Prefix, page.Delimiter, marker, page.Max);
        return S3Xml.Answer(
            "ListBucketResult",
            page.Head(),
            new XElement("Marker", page.Encode(marker ?? "")),
            new XElement("IsTruncated", listing.Next is not null),
            // Only with a delimiter; without one the last key is the marker.
            listing.Next is null || page.Delimiter is null
                ? null
                : new XElement("NextMarker", page.Encode(listing.Next)),
            listing.Contents.Select(v => Entry("Contents", v, page, owner: true)),
            page.Common(listing));
    }

    private WireResponse ListVersions(Page page)
    {
        var bucket = buckets.Get(page.Request.Bucket);
        var wire = page.Request.Wire;
        var (keyMarker, versionMarker) = (wire.Parameter("key-marker"), wire.Parameter("version-id-marker"));
        var listing = Listing.Of(
            bucket.AllVersions(),
            page.Prefix,
            page.Delimiter,
            keyMarker,
            page.Max,
            versionMarker is { Length: > 0 } ? versionMarker : null);
        return S3Xml.Answer(
            "ListVersionsResult",
            page.Head(),
            new XElement("KeyMarker", page.Encode(keyMarker ?? "")),
            new XElement("VersionIdMarker", versionMarker),
            new XElement("IsTruncated", listing.Next is not null),
            listing.Next is null ? null : new XElement("NextKeyMarker", page.Encode(listing.Next)),
            listing.NextVersion is null ? null : new XElement("NextVersionIdMarker", listing.NextVersion),
            listing.Contents.Select(v => VersionEntry(v, page, isLatest: bucket.Newest(v.Key) == v)),
            page.Common(listing));
    }

    private XElement VersionEntry(ObjectVersion version, Page page, bool isLatest)
    {
        var entry = Entry(version.IsDeleteMarker ? "DeleteMarker" : "Version", version, page, owner: true);
        entry.Element("Key")!.AddAfterSelf(
            new XElement("VersionId", version.VersionId), new XElement("IsLatest", isLatest));
        return entry;
    }

    private XElement Entry(string name, ObjectVersion version, Page page, bool owner) => new(
        name,
        new XElement("Key", page.Encode(version.Key)),
        new XElement("LastModified", IsoTime.Milliseconds(version.LastModified)),
        version.IsDeleteMarker
            ? null
            : new[] { new XElement("ETag", S3Xml.Quoted(version.ETag)), new("Size", version.Size),
                new("StorageClass", version.StorageClass) },
        owner ? new XElement("Owner", new XElement("ID", account.Id)) : null);

    private static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
        }
    }

    /// <summary>What every listing is asked for.</summary>
    private sealed class Page
    {
        private readonly bool _encoded;

        public Page(S3Request request)
        {
            Request = request;
            Prefix = request.Wire.Parameter("prefix") ?? "";
            Delimiter = request.Wire.Parameter("delimiter") is { Length: > 0 } delimiter ? delimiter : null;
            _encoded = request.Wire.Parameter("encoding-type") == "url";
            var max = request.Wire.Parameter("max-keys");
            if (max is not null
                && (!int.TryParse(max, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
                    || asked < 0))
                throw S3Errors.InvalidArgument(
                    "Provided max-keys not an integer or within integer range", "max-keys", max);
            Max = Math.Min(max is null ? LargestPage : int.Parse(max, CultureInfo.InvariantCulture), LargestPage);
        }

        public S3Request Request { get; }

        public string Prefix { get; }

        public string? Delimiter { get; }

        public int Max { get; }

        /// <summary>An absent parameter is an absent condition key.</summary>
        public Dictionary<string, string[]> Context() =>
            new[] { "prefix", "delimiter", "max-keys" }
                .Where(p => Request.Wire.Parameter(p) is not null)
                .ToDictionary(p => $"s3:{p}", p => new[] { Request.Wire.Parameter(p)! });

        // The parameter exists for keys that XML cannot hold.
        public string Encode(string text) => _encoded ? S3Xml.UrlEncode(text) : text;

        public IEnumerable<XElement> Head()
        {
            yield return new("Name", Request.Bucket);
            yield return new("Prefix", Encode(Prefix));
            yield return new("MaxKeys", Max);
            if (Delimiter is not null) yield return new("Delimiter", Encode(Delimiter));
            if (_encoded) yield return new("EncodingType", "url");
        }

        public IEnumerable<XElement> Common(Listing listing) =>
            listing.CommonPrefixes.Select(p => new XElement("CommonPrefixes", new XElement("Prefix", Encode(p))));
    }
}
