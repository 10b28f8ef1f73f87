using System.Text.Json;

// The author's namespace: a job's input is written `Upload`, without knowing about Core.
#pragma warning disable IDE0130
namespace Jobs;
#pragma warning restore IDE0130

/// <summary>
/// An object as it was uploaded: the input of every run that an upload starts. Read it by version, or with If-Match,
/// because the object under the key may have changed since.
/// </summary>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Key">Key as S3 knows it: neither encoded nor decoded, up to 1,024 bytes of UTF-8.</param>
/// <param name="Size">Size in bytes, as the event said; 0 when it did not say.</param>
public sealed record Upload(string Bucket, string Key, long Size = 0)
{
    /// <summary>Version of the object; null in a bucket without versions.</summary>
    public string? VersionId { get; init; }

    /// <summary>Entity tag without quotes; ends in <c>-N</c> for a multipart upload.</summary>
    public string? ETag { get; init; }

    /// <summary>Orders changes of one key; hexadecimal of varying length.</summary>
    public string? Sequencer { get; init; }

    /// <summary>Whether its version is one of its own: in a bucket without versions S3 says none, or null.</summary>
    internal bool HasVersion => VersionId is { Length: > 0 } version && version != "null";

    public string ToJson() => JsonSerializer.Serialize(this, Core.Inputs.TriggerJson.Default.Upload);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when the text is something else.</summary>
    public static Upload? TryParse(string? json)
    {
        try
        {
            var upload = json is null ? null : JsonSerializer.Deserialize(json, Core.Inputs.TriggerJson.Default.Upload);
            return upload is { Bucket: not null, Key: not null } ? upload : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => $"s3://{Bucket}/{Key}";
}
