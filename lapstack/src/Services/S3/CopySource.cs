using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>The object a copy reads: <c>/bucket/key?versionId=…</c>, percent-encoded.</summary>
/// <param name="IfMatch">The etag the source must have; null for any.</param>
internal sealed record CopySource(string Bucket, string Key, string? VersionId, string? IfMatch)
{
    public const string Header = "x-amz-copy-source";
    private static readonly string[] Unsupported = ["-if-none-match", "-if-modified-since", "-if-unmodified-since"];

    public AccessRequest Access => VersionId is null
        ? new("s3:GetObject", $"arn:aws:s3:::{Bucket}/{Key}")
        : new("s3:GetObjectVersion", $"arn:aws:s3:::{Bucket}/{Key}", new Dictionary<string, string[]> { ["s3:VersionId"] = [VersionId] });

    public static CopySource Read(WireRequest request)
    {
        if (Unsupported.FirstOrDefault(c => request.Header(Header + c) is not null) is { } condition)
            throw ServiceError.Unsupported("s3", $"the header {Header}{condition}");
        var text = request.Header(Header)!;
        const string version = "?versionId=";
        var at = text.IndexOf(version, StringComparison.Ordinal);
        var id = at < 0 ? null : text[(at + version.Length)..];
        var path = Uri.UnescapeDataString(at < 0 ? text : text[..at]).TrimStart('/');
        return path.Split('/', 2) is [var bucket, { Length: > 0 } key]
            ? new(bucket, key, id, request.Header($"{Header}-if-match"))
            : throw S3Errors.InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", Header, text);
    }

    public ObjectVersion Find(Buckets buckets)
    {
        var bucket = buckets.Get(Bucket);
        var found = VersionId is { } id
            ? bucket.Find(Key, id) ?? throw S3Errors.NoSuchVersion(Key, id)
            : bucket.Newest(Key);
        if (found is not { IsDeleteMarker: false }) throw S3Errors.NoSuchKey(Key);
        return IfMatch is null || IfMatch.Trim('"') == found.ETag ? found : throw S3Errors.PreconditionFailed($"{Header}-if-match");
    }
}
