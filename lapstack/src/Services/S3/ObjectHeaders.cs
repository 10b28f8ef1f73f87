using System.Globalization;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>The headers of an object: which are kept when it is written, and what is said when it is read.</summary>
internal static class ObjectHeaders
{
    public const string MetaPrefix = "x-amz-meta-";
    private static readonly string[] Kept = ["Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires"];

    // Features whose silent absence would mislead.
    private static readonly string[] Refused =
        ["x-amz-tagging", "x-amz-server-side-encryption-customer-algorithm", "x-amz-object-lock-mode", "x-amz-object-lock-legal-hold", "x-amz-website-redirect-location"];

    /// <exception cref="ServiceError">A header asks for a feature the emulator lacks.</exception>
    public static Dictionary<string, string> Read(WireRequest request)
    {
        if (Refused.FirstOrDefault(h => request.Header(h) is not null) is { } refused) throw ServiceError.Unsupported("s3", $"the header {refused}");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "binary/octet-stream" };
        foreach (var name in Kept)
            if (request.Header(name) is { Length: > 0 } value) headers[name] = value;
        foreach (var (name, value) in request.Headers)
            if (name.StartsWith(MetaPrefix, StringComparison.OrdinalIgnoreCase)) headers[name.ToLowerInvariant()] = value.ToString();

        // aws-chunked is the wire's, not the object's.
        var encodings = headers.GetValueOrDefault("Content-Encoding", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        headers.Remove("Content-Encoding");
        if (encodings.Where(e => e != "aws-chunked").ToArray() is { Length: > 0 } own) headers["Content-Encoding"] = string.Join(',', own);
        return headers;
    }

    /// <summary>What GetObject and HeadObject say about a version. <c>response-*</c> parameters override.</summary>
    public static Dictionary<string, string> Describe(ObjectVersion version, WireRequest request, bool whole)
    {
        var headers = new Dictionary<string, string>(version.Headers, StringComparer.OrdinalIgnoreCase);
        headers.Remove("Content-Type");
        headers["ETag"] = S3Xml.Quoted(version.ETag);
        headers["Last-Modified"] = version.LastModified.ToString("R", CultureInfo.InvariantCulture);
        headers["Accept-Ranges"] = "bytes";
        Identify(headers, version);
        if (whole && request.Header("x-amz-checksum-mode") == "ENABLED")
            foreach (var (name, value) in version.Checksums)
            {
                headers[name] = value;
                headers["x-amz-checksum-type"] = value.Contains('-', StringComparison.Ordinal) ? "COMPOSITE" : "FULL_OBJECT";
            }

        foreach (var name in Kept.Where(k => k != "Content-Type"))
            if (request.Parameter($"response-{name.ToLowerInvariant()}") is { } value) headers[name] = value;
        return headers;
    }

    public static string ContentType(ObjectVersion version, WireRequest request) =>
        request.Parameter("response-content-type") ?? version.Headers.GetValueOrDefault("Content-Type") ?? "binary/octet-stream";

    /// <summary>Adds the version id, and that it is a delete marker, where there is something to say.</summary>
    public static void Identify(Dictionary<string, string> headers, ObjectVersion version)
    {
        if (version.VersionId != ObjectVersion.NullVersion) headers["x-amz-version-id"] = version.VersionId;
        if (version.IsDeleteMarker) headers["x-amz-delete-marker"] = "true";
    }
}
