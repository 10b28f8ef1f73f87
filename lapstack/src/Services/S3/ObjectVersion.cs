using System.Text.RegularExpressions;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>One version of an object, as stored.</summary>
internal sealed partial record ObjectVersion
{
    /// <summary>The version id of objects in a bucket without versioning.</summary>
    public const string NullVersion = "null";

    [GeneratedRegex(@"^(null|[A-Za-z0-9._\-]{32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    /// <exception cref="ServiceError">InvalidArgument: no version ever had such an id.</exception>
    public static string CheckedId(string id) =>
        Id().IsMatch(id) ? id : throw S3Errors.InvalidArgument("Invalid version id specified", "versionId", id);

    public required string Key { get; init; }

    public required string VersionId { get; init; }

    public required string Sequencer { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    public bool IsDeleteMarker { get; init; }

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>Without quotes.</summary>
    public string ETag { get; init; } = "d41d8cd98f00b204e9800998ecf8427e";

    /// <summary>The content, in order: one blob, or one a part.</summary>
    public IReadOnlyList<Blob> Blobs { get; init; } = [];

    /// <summary>Content-Type, x-amz-meta-* and the other headers that come back as they were sent.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>By header name, such as x-amz-checksum-crc32.</summary>
    public IReadOnlyDictionary<string, string> Checksums { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public bool IsMultipart => ETag.Contains('-', StringComparison.Ordinal);

    public string StorageClass => Headers.GetValueOrDefault(StorageClasses.Header, StorageClasses.Standard);
}
