using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Jobs.Core.Objects;

namespace Jobs.Sdk.Standalone;

/// <summary>A folder as a bucket without versions: its files are the objects, whatever bucket is named.</summary>
internal sealed class FolderObjects(string root) : IObjects
{
    private readonly string _root = Path.GetFullPath(root);

    /// <summary>The upload that S3 would announce for a file that lies in it.</summary>
    public Upload Find(string bucket, string key)
    {
        var file = new FileInfo(PathOf(key));
        return new Upload(bucket, key, file.Length) { ETag = ETagOf(file.FullName), Sequencer = "1" };
    }

    public Task<Stream> OpenAsync(
        string bucket, string key, string? versionId, string? eTag, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var file = PathOf(key);
        if (!File.Exists(file)) throw new ObjectGoneException(bucket, key, versionId);
        if (eTag is not null && eTag != ETagOf(file)) throw new ObjectChangedException(bucket, key, eTag);
        return Task.FromResult<Stream>(File.OpenRead(file));
    }

    public async Task WriteAsync(
        string bucket, string key, Stream content, string? contentType, CancellationToken cancellation)
    {
        var file = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // An object is there as a whole, or not at all.
        var part = $"{file}.part";
        await using (var target = File.Create(part)) await content.CopyToAsync(target, cancellation);
        File.Move(part, file, overwrite: true);
    }

    public async IAsyncEnumerable<ListedObject> ListAsync(
        string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(_root)) yield break;
        foreach (var (file, key) in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Key: Path.GetRelativePath(_root, file).Replace('\\', '/')))
            .Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var info = new FileInfo(file);
            yield return new ListedObject(key, info.Length, info.LastWriteTimeUtc);
        }
    }

    /// <exception cref="UnauthorizedAccessException">The key leads out of the folder.</exception>
    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(_root, key));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new UnauthorizedAccessException($"The key '{key}' leads out of {_root}, which stands for the bucket.");
    }

#pragma warning disable CA5351 // S3's ETag of a plain object is its MD5; nothing is secured by it.
    private static string ETagOf(string file)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(MD5.HashData(content));
    }
#pragma warning restore CA5351
}
