namespace Lapstack.Services.S3;

/// <summary>One version of an object, as stored.</summary>
internal sealed record ObjectVersion
{
    /// <summary>The version id of objects in a bucket without versioning.</summary>
    public const string NullVersion = "null";

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
}
