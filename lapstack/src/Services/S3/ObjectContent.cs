namespace Lapstack.Services.S3;

/// <summary>What is written under a key.</summary>
/// <param name="ETag">Without quotes.</param>
internal sealed record ObjectContent(
    IReadOnlyList<Blob> Blobs,
    string ETag,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Checksums,
    IReadOnlyDictionary<string, string> Tags);
