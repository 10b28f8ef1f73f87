using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Jobs.Core.Objects;

namespace Jobs.Testing;

/// <summary>Objects in memory, every version of them, as a versioned bucket keeps them.</summary>
/// <param name="clock">When objects are written; null for the system's.</param>
internal sealed class InMemoryObjects(TimeProvider? clock = null) : IObjects
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Bucket, string Key), List<Version>> _objects = [];

    /// <summary>Keys of a bucket's objects, in S3's order.</summary>
    public IReadOnlyList<string> Keys(string bucket)
    {
        lock (_gate)
        {
            return [.. _objects.Keys.Where(name => name.Bucket == bucket)
                .Select(name => name.Key)
                .Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Stores a new version and answers the upload that S3 would announce.</summary>
    public Upload Put(string bucket, string key, byte[] content)
    {
        lock (_gate)
        {
            var versions = _objects.TryGetValue((bucket, key), out var known) ? known : _objects[(bucket, key)] = [];
            versions.Add(
                new Version(
                    (versions.Count + 1).ToString(CultureInfo.InvariantCulture),
                    ETagOf(content),
                    content,
                    _clock.GetUtcNow()));
            return ToUpload(bucket, key, versions[^1]);
        }
    }

    /// <summary>The newest version of an object; null when there is none.</summary>
    public Upload? Find(string bucket, string key)
    {
        lock (_gate) return Newest(bucket, key) is { } newest ? ToUpload(bucket, key, newest) : null;
    }

    /// <summary>Content of the newest version; null when there is no such object.</summary>
    public byte[]? Read(string bucket, string key)
    {
        lock (_gate) return Newest(bucket, key)?.Content;
    }

    /// <summary>Removes an object with all its versions.</summary>
    public bool Remove(string bucket, string key)
    {
        lock (_gate) return _objects.Remove((bucket, key));
    }

    public Task<Stream> OpenAsync(
        string bucket, string key, string? versionId, string? eTag, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var version = versionId is null
                ? Newest(bucket, key)
                : _objects.GetValueOrDefault((bucket, key))?.Find(one => one.Id == versionId);
            if (version is null) throw new ObjectGoneException(bucket, key, versionId);
            if (versionId is null && eTag is not null && eTag != version.ETag)
            {
                throw new ObjectChangedException(bucket, key, eTag);
            }

            return Task.FromResult<Stream>(new MemoryStream(version.Content, writable: false));
        }
    }

    public async Task WriteAsync(
        string bucket, string key, Stream content, string? contentType, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        await content.CopyToAsync(all, cancellation);
        Put(bucket, key, all.ToArray());
    }

    public async IAsyncEnumerable<ListedObject> ListAsync(
        string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var key in Keys(bucket).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            cancellation.ThrowIfCancellationRequested();
            Version? newest;
            lock (_gate) newest = Newest(bucket, key);
            if (newest is not null) yield return new ListedObject(key, newest.Content.Length, newest.WrittenAt);
        }
    }

    private static Upload ToUpload(string bucket, string key, Version version) =>
        new(bucket, key, version.Content.Length)
        {
            VersionId = version.Id,
            ETag = version.ETag,
            Sequencer = long.Parse(version.Id, CultureInfo.InvariantCulture)
                .ToString("X16", CultureInfo.InvariantCulture),
        };

#pragma warning disable CA5351 // S3's ETag of a plain object is its MD5; nothing is secured by it.
    private static string ETagOf(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351

    private Version? Newest(string bucket, string key) => _objects.GetValueOrDefault((bucket, key))?[^1];

    private sealed record Version(string Id, string ETag, byte[] Content, DateTimeOffset WrittenAt);
}
