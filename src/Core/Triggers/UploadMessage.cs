using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jobs.Core.Ids;

namespace Jobs.Core.Triggers;

/// <summary>
/// What an upload rule's input transformer makes: the job, the trigger and S3's event unchanged. The inbox of OnUpload
/// gets it, or the queue of a job whose tasks take many uploads.
/// </summary>
public sealed record UploadMessage
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

    /// <summary>
    /// The replay that sends the upload although it was handled: with it the message is another one than before. Null
    /// of a rule's.
    /// </summary>
    [JsonPropertyName("replay")]
    public string? Replay { get; init; }

    [JsonInclude]
    [JsonPropertyName("event")]
    internal ObjectCreated? Event { get; init; }

    /// <summary>The message that the rule of a trigger makes of an upload.</summary>
    public static UploadMessage Of(string job, string trigger, Upload upload) => new()
    {
        Job = job,
        Trigger = trigger,
        Event = ObjectCreated.Of(upload),
    };

    /// <exception cref="RejectedMessageException">The body is something else.</exception>
    public static UploadMessage Read(string body) =>
        MessageBody.Read(body, UploadMessageJson.Default.UploadMessage, "an upload rule's output");

    public string ToJson() => JsonSerializer.Serialize(this, UploadMessageJson.Default.UploadMessage);

    /// <summary>The upload that the event announces.</summary>
    /// <exception cref="RejectedMessageException">A part is missing, or the event announces something else.</exception>
    public Upload ToUpload()
    {
        if (string.IsNullOrEmpty(Job) || Event is null)
        {
            throw Rejected("it must have the members job, trigger and event");
        }

        if (Event.Source != ObjectCreated.S3 || Event.DetailType != ObjectCreated.Kind)
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

    /// <summary>
    /// What the messages of one version of an object, or of one upload to a bucket without versions, have in common:
    /// S3's event may come more than once.
    /// </summary>
    /// <param name="upload">What <see cref="ToUpload"/> answered.</param>
    /// <exception cref="RejectedMessageException">Nothing tells this upload from another of the same key.</exception>
    public string Identify(Upload upload)
    {
        var run = UploadIntake.Identify(Job!, upload);
        // To a bucket without versions the same content may be uploaded twice, and these are two uploads.
        var which = upload.HasVersion ? "" : upload.Sequencer ?? "";
        return RunId.From(Job!, run.Key, which, Replay ?? "").Key;
    }

    private static RejectedMessageException Rejected(string why) =>
        new($"The message is not an upload: {why}. Send the rule's output unchanged.");
}
