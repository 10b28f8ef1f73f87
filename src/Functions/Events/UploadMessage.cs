using System.Text.Json.Serialization;
using Jobs.Core;

namespace Jobs.Functions.Events;

/// <summary>What an upload rule's input transformer makes: the job, the trigger and S3's event unchanged.</summary>
internal sealed record UploadMessage
{
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
