using Lapstack.Ports;

namespace Lapstack.Services.S3;

/// <summary>Reads objects for other services.</summary>
internal sealed class Objects(Buckets buckets, Blobs blobs) : IObjects
{
    public async Task<byte[]?> ReadAsync(string bucket, string key, CancellationToken cancellation)
    {
        if (buckets.Find(bucket)?.Newest(key) is not { IsDeleteMarker: false } version) return null;
        using var content = new MemoryStream();
        await blobs.CopyToAsync(version.Blobs, 0, version.Size, content, cancellation);
        return content.ToArray();
    }
}
