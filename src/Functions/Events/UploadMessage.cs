using System.Text;
using System.Text.Json.Serialization;
using Jobs.Core;

namespace Jobs.Functions.Events;

/// <summary>What an upload rule's input transformer makes: the job, the trigger and S3's event unchanged.</summary>
internal sealed record UploadMessage
{
    /// <summary>
    /// UTF-8 bytes of a key or a version id, the longest names of an object.
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    /// </summary>
    private const int MaxBytes = 1_024;

    [JsonPropertyName("job")]
    public string? Job { get; init; }

    [JsonPropertyName("trigger")]
    public string? Trigger { get; init; }

    [JsonPropertyName("event")]
    public ObjectCreated? Event { get; init; }

    /// <summary>The upload that the event announces.</summary>
    /// <exception cref="RejectedMessageException">A part is missing, or the event announces something else.</exception>
    public Upload ToUpload()
    {
        if (string.IsNullOrEmpty(Job) || Event is null)
        {
            throw Rejected("it must have the members job, trigger and event");
        }

        if (Event.Source != "aws.s3" || Event.DetailType != "Object Created")
        {
            throw Rejected($"its event is '{Event.DetailType}' of '{Event.Source}', not 'Object Created' of 'aws.s3'");
        }

        if (Event.Detail is not { Bucket.Name: { Length: > 0 } bucket, Object: { Key: { Length: > 0 } key } created })
        {
            throw Rejected("its event has no detail.bucket.name or no detail.object.key");
        }

        foreach (var text in new[] { bucket, key, created.VersionId, created.ETag, created.Sequencer })
        {
            if (text is null || Encoding.UTF8.GetByteCount(text) <= MaxBytes) continue;
            throw Rejected($"its event has a name of more than {MaxBytes} bytes, which S3 does not make: '{text}'");
        }

        return new Upload(bucket, key, created.Size)
        {
            VersionId = created.VersionId,
            ETag = created.ETag,
            Sequencer = created.Sequencer,
        };
    }

    private static RejectedMessageException Rejected(string why) =>
        new($"The message is not an upload: {why}. Send the rule's output unchanged.");
}
