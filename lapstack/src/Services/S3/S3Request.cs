using System.Text;
using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>A request with its bucket and key, from either addressing style.</summary>
internal sealed class S3Request
{
    /// <summary>In bytes of UTF-8. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html</summary>
    private const int LongestKey = 1024;

    private S3Request(WireRequest wire, string bucket, string key)
    {
        Wire = wire;
        Bucket = bucket;
        Key = key;
        var bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes > LongestKey) throw S3Errors.KeyTooLong(bytes, LongestKey);
    }

    public WireRequest Wire { get; }

    /// <summary>Empty at <see cref="S3Level.Service"/>.</summary>
    public string Bucket { get; }

    /// <summary>Plain, undecoded no further: a plus is a plus.</summary>
    public string Key { get; }

    public S3Level Level => Bucket.Length == 0 ? S3Level.Service : Key.Length == 0 ? S3Level.Bucket : S3Level.Object;

    public string BucketArn => $"arn:aws:s3:::{Bucket}";

    public string ObjectArn => $"arn:aws:s3:::{Bucket}/{Key}";

    /// <summary>The version asked for, null for the newest.</summary>
    /// <exception cref="ServiceError">InvalidArgument: no version ever had such an id.</exception>
    public string? VersionId => Wire.Parameter("versionId") is { } id ? ObjectVersion.CheckedId(id) : null;

    public static S3Request Read(WireRequest wire)
    {
        var path = Uri.UnescapeDataString(wire.RawPath)[1..];
        if (VirtualHost(wire.Host) is { } host) return new(wire, host, path);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(wire, path, "") : new(wire, path[..slash], path[(slash + 1)..]);
    }

    /// <summary>Access to the object, or to its version when one is named: IAM has two actions for the two.</summary>
    public AccessRequest ObjectAccess(string action, string versionAction) =>
        VersionId is { } version
            ? new(versionAction, ObjectArn, new Dictionary<string, string[]> { ["s3:VersionId"] = [version] })
            : new(action, ObjectArn);

    // bucket.localhost:4566, bucket.s3.localhost.localstack.cloud:4566, bucket.s3.us-east-1.amazonaws.com
    private static string? VirtualHost(string host)
    {
        var name = host.Split(':')[0];
        foreach (var suffix in new[] { ".s3.", ".localhost" })
        {
            var at = name.IndexOf(suffix, StringComparison.OrdinalIgnoreCase);
            if (at > 0) return name[..at];
        }

        return null;
    }
}
