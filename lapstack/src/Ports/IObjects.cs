namespace Lapstack.Ports;

/// <summary>The objects in S3.</summary>
internal interface IObjects
{
    /// <summary>The newest version's bytes; null where there is no such bucket or object.</summary>
    Task<byte[]?> ReadAsync(string bucket, string key, CancellationToken cancellation);
}
