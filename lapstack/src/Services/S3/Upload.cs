namespace Lapstack.Services.S3;

/// <summary>A multipart upload under way.</summary>
/// <param name="Headers">Of the object to be.</param>
/// <param name="Tags">Of the object to be; null for none.</param>
internal sealed record Upload(
    string Id,
    string Bucket,
    string Key,
    DateTimeOffset Initiated,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string>? Tags = null);
