using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>The object a copy reads: <c>/bucket/key?versionId=…</c>, percent-encoded.</summary>
/// <param name="Request">The copy, which may have conditions on its source.</param>
internal sealed record CopySource(string Bucket, string Key, string? VersionId, WireRequest Request)
{
    public const string Header = "x-amz-copy-source";

    public AccessRequest Access => VersionId is null
        ? new("s3:GetObject", $"arn:aws:s3:::{Bucket}/{Key}")
        : new(
            "s3:GetObjectVersion",
            $"arn:aws:s3:::{Bucket}/{Key}",
            new Dictionary<string, string[]> { ["s3:VersionId"] = [VersionId] });

    public static CopySource Read(WireRequest request)
    {
        var text = request.Header(Header)!;
        const string version = "?versionId=";
        var at = text.IndexOf(version, StringComparison.Ordinal);
        var id = at < 0 ? null : ObjectVersion.CheckedId(text[(at + version.Length)..]);
        var path = Uri.UnescapeDataString(at < 0 ? text : text[..at]).TrimStart('/');
        return path.Split('/', 2) is [var bucket, { Length: > 0 } key]
            ? new(bucket, key, id, request)
            : throw S3Errors.InvalidArgument(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", Header, text);
    }

    public ObjectVersion Find(Buckets buckets)
    {
        var bucket = buckets.Get(Bucket);
        var found = VersionId is { } id
            ? bucket.Find(Key, id) ?? throw S3Errors.NoSuchVersion(Key, id)
            : bucket.Newest(Key);
        if (found is not { IsDeleteMarker: false }) throw S3Errors.NoSuchKey(Key);
        return Preconditions.IsNotModified(Request, found, prefix: $"{Header}-")
            ? throw S3Errors.PreconditionFailed(Header)
            : found;
    }
}
