namespace Lapstack.Services.S3;

/// <summary>Bytes on disk.</summary>
/// <param name="Size">In bytes.</param>
internal sealed record Blob(string Name, long Size);
