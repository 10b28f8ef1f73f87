using System.Globalization;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>The headers of an object: which are kept when it is written, and what is said when it is read.</summary>
internal static class ObjectHeaders
{
    public const string MetaPrefix = "x-amz-meta-";
    private static readonly string[] Kept =
    [
        "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires",
    ];

    // Features whose silent absence would mislead.
    private static readonly string[] Refused =
    [
        "x-amz-server-side-encryption-customer-algorithm", "x-amz-server-side-encryption-aws-kms-key-id",
        "x-amz-server-side-encryption-context",
        "x-amz-server-side-encryption-bucket-key-enabled", "x-amz-object-lock-mode", "x-amz-object-lock-legal-hold",
        "x-amz-object-lock-retain-until-date", "x-amz-website-redirect-location",
    ];

    private const string Encryption = "x-amz-server-side-encryption";

    /// <exception cref="ServiceError">A header asks for a feature the emulator lacks.</exception>
    public static Dictionary<string, string> Read(WireRequest request)
    {
        if (Refused.FirstOrDefault(h => request.Header(h) is not null) is { } refused)
        {
            throw ServiceError.Unsupported("s3", $"the header {refused}");
        }

        Acl.Check(request);
        if (request.Header(Encryption) is not (null or "AES256"))
        {
            throw ServiceError.Unsupported("s3", $"{request.Header(Encryption)} in the header {Encryption}");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "binary/octet-stream",
        };
        foreach (var name in Kept)
            if (request.Header(name) is { Length: > 0 } value) headers[name] = value;
        foreach (var (name, value) in request.Headers)
            if (name.StartsWith(MetaPrefix, StringComparison.OrdinalIgnoreCase))
            {
                headers[name.ToLowerInvariant()] = value.ToString();
            }

        if (StorageClasses.Read(request) is { } storage) headers[StorageClasses.Header] = storage;

        // aws-chunked is the wire's, not the object's.
        var encodings = headers.GetValueOrDefault("Content-Encoding", "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        headers.Remove("Content-Encoding");
        if (encodings.Where(e => e != "aws-chunked").ToArray() is { Length: > 0 } own)
        {
            headers["Content-Encoding"] = string.Join(',', own);
        }

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
        Encrypt(headers);
        if (version.Tags.Count > 0)
        {
            headers["x-amz-tagging-count"] = version.Tags.Count.ToString(CultureInfo.InvariantCulture);
        }

        if (whole && request.Header("x-amz-checksum-mode") == "ENABLED") Checksums.Describe(headers, version.Checksums);

        foreach (var name in Kept.Where(k => k != "Content-Type"))
            if (request.Parameter($"response-{name.ToLowerInvariant()}") is { } value) headers[name] = value;
        return headers;
    }

    /// <summary>What a write answers of the version it made.</summary>
    public static Dictionary<string, string> Written(ObjectVersion version)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["ETag"] = S3Xml.Quoted(version.ETag),
        };
        Checksums.Describe(headers, version.Checksums);
        Identify(headers, version);
        Encrypt(headers);
        return headers;
    }

    /// <summary>
    /// Since 2023 S3 encrypts every object, also without being asked, and says so. Here the disk is the laptop's own.
    /// </summary>
    public static void Encrypt(Dictionary<string, string> headers) => headers[Encryption] = "AES256";

    public static string ContentType(ObjectVersion version, WireRequest request) =>
        request.Parameter("response-content-type")
            ?? version.Headers.GetValueOrDefault("Content-Type")
            ?? "binary/octet-stream";

    /// <summary>Adds the version id, and that it is a delete marker, where there is something to say.</summary>
    public static void Identify(Dictionary<string, string> headers, ObjectVersion version)
    {
        if (version.VersionId != ObjectVersion.NullVersion) headers["x-amz-version-id"] = version.VersionId;
        if (version.IsDeleteMarker) headers["x-amz-delete-marker"] = "true";
    }
}
