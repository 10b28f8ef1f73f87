// The author's namespace: what a listing answers.
#pragma warning disable IDE0130
namespace Jobs;
#pragma warning restore IDE0130

/// <summary>An object as a listing shows it, in its newest version.</summary>
/// <param name="Key">Key as S3 knows it.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="LastModified">When it was written.</param>
public sealed record ListedObject(string Key, long Size, DateTimeOffset LastModified);
