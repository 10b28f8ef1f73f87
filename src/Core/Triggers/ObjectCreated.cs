using System.Text.Json.Serialization;

namespace Jobs.Core.Triggers;

/// <summary>
/// S3's Object Created event, as far as it is used.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
/// </summary>
internal sealed record ObjectCreated
{
    public const string S3 = "aws.s3";

    public const string Kind = "Object Created";

    [JsonPropertyName("source")]
    public string? Source { get; init; }

    [JsonPropertyName("detail-type")]
    public string? DetailType { get; init; }

    [JsonPropertyName("detail")]
    public CreatedDetail? Detail { get; init; }

    /// <summary>The event of an upload.</summary>
    public static ObjectCreated Of(Upload upload) => new()
    {
        Source = S3,
        DetailType = Kind,
        Detail = new CreatedDetail
        {
            Bucket = new CreatedBucket { Name = upload.Bucket },
            Object = new CreatedObject
            {
                Key = upload.Key,
                Size = upload.Size,
                ETag = upload.ETag,
                VersionId = upload.VersionId,
                Sequencer = upload.Sequencer,
            },
        },
    };

    internal sealed record CreatedDetail
    {
        [JsonPropertyName("bucket")]
        public CreatedBucket? Bucket { get; init; }

        [JsonPropertyName("object")]
        public CreatedObject? Object { get; init; }
    }

    internal sealed record CreatedBucket
    {
        [JsonPropertyName("name")]
        public string? Name { get; init; }
    }

    internal sealed record CreatedObject
    {
        /// <summary>
        /// Plain: not URL-encoded, unlike in S3's own notifications. Decoding it would corrupt + and %.
        /// </summary>
        [JsonPropertyName("key")]
        public string? Key { get; init; }

        [JsonPropertyName("size")]
        public long Size { get; init; }

        [JsonPropertyName("etag")]
        public string? ETag { get; init; }

        [JsonPropertyName("version-id")]
        public string? VersionId { get; init; }

        [JsonPropertyName("sequencer")]
        public string? Sequencer { get; init; }
    }
}
