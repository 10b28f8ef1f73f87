namespace Lapstack.Services.S3;

/// <summary>One part of an upload.</summary>
/// <param name="Number">1 to 10,000.</param>
/// <param name="ETag">The MD5, without quotes.</param>
internal sealed record UploadPart(
    int Number, string ETag, Blob Blob, DateTimeOffset LastModified, IReadOnlyDictionary<string, string> Checksums);
