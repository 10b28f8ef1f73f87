using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Triggers;

/// <summary>Makes one run of each upload, however often its event arrives.</summary>
public sealed class UploadIntake(JobCatalog catalog, IRunStore runs, RunEngine engine)
{
    /// <param name="job">Name of the job whose rule matched.</param>
    /// <param name="trigger">Name of the trigger, for people.</param>
    /// <returns>The run's id, and whether it is new; null for an object that starts nothing.</returns>
    /// <exception cref="NotDeployedException">No such job is deployed.</exception>
    /// <exception cref="RejectedMessageException">The event does not identify an object.</exception>
    public async Task<(RunId Id, bool IsNew)?> HandleAsync(
        string job, string trigger, Upload upload, CancellationToken cancellation)
    {
        if (IsReserved(upload)) return null;
        var definition = catalog.Required(job);
        if (!IsFor(definition, trigger, upload)) return null;
        if (definition.Queue is not null) throw TakesMessages(definition, upload);
        var request = new RunRequest(Identify(job, upload), $"upload {trigger}", upload.ToJson())
        {
            Priority = Declared(definition, trigger)?.Priority ?? 0,
            IsTriggered = true,
        };
        if (await engine.SubmitAsync(request, definition, cancellation)) return (request.Id, true);
        if (!await IsAnotherAsync(request.Id, upload, cancellation)) return (request.Id, false);
        request = request with { Id = IdentifyAgain(job, upload) };
        return (request.Id, await engine.SubmitAsync(request, definition, cancellation));
    }

    /// <summary>
    /// The run that an upload makes: by its version; in a bucket without versions by its content, which a listing of
    /// the bucket tells as well as the event does.
    /// </summary>
    /// <exception cref="RejectedMessageException">Nothing tells this upload from another of the same key.</exception>
    public static RunId Identify(string job, Upload upload) => upload switch
    {
        { HasVersion: true } => RunId.From(job, "upload", upload.Bucket, upload.Key, "version", upload.VersionId!),
        { ETag: { Length: > 0 } eTag } => RunId.From(job, "upload", upload.Bucket, upload.Key, "etag", eTag),
        { Sequencer: { Length: > 0 } sequencer } =>
            RunId.From(job, "upload", upload.Bucket, upload.Key, "sequencer", sequencer),
        _ => throw new RejectedMessageException(
            $"The event for {upload} has no version id, ETag or sequencer, so a repetition of it could not be told " +
            "from a new upload. Send S3's event unchanged."),
    };

    /// <summary>
    /// Whether the job is to have the upload that the rule of a trigger found. The rule of a prefix finds keys with any
    /// suffix, also the rule of a trigger that is there no more.
    /// </summary>
    public static bool IsFor(JobDefinition job, string trigger, Upload upload)
    {
        if (IsReserved(upload)) return false;
        return Declared(job, trigger) is { } declared
            ? declared.Suffix == "" || declared.Matches(upload.Key)
            : HasSuffixOf(trigger, upload.Key);
    }

    private static bool IsReserved(Upload upload) =>
        upload.Key.StartsWith(Names.ReservedPrefix, StringComparison.Ordinal);

    private static UploadTrigger? Declared(JobDefinition job, string trigger) =>
        job.Uploads.FirstOrDefault(declared => declared.Name == trigger);

    /// <summary>Its rule sent the message before the job had a queue.</summary>
    private static RejectedMessageException TakesMessages(JobDefinition job, Upload upload) => new(
        $"Job '{job.Name}' takes its uploads from its queue by now, and {upload} was announced before. Replay the " +
        "keys that begin so: that puts them into the queue.");

    /// <param name="trigger">Its name, which is prefix, star, suffix; of another name nothing is asked.</param>
    private static bool HasSuffixOf(string trigger, string key) =>
        trigger.LastIndexOf('*') is var star && (star < 0
            || key.EndsWith(trigger[(star + 1)..], StringComparison.OrdinalIgnoreCase));

    /// <summary>The run of an upload whose content the key has had before, in a bucket without versions.</summary>
    private static RunId IdentifyAgain(string job, Upload upload) => RunId.From(
        job, "upload", upload.Bucket, upload.Key, "etag", upload.ETag!, upload.Sequencer!);

    /// <summary>
    /// Whether the run was made by another upload of the same content: the sequencer tells them apart. A replay's has
    /// none: the upload may be a later one, and rather runs twice than never.
    /// </summary>
    private async Task<bool> IsAnotherAsync(RunId id, Upload upload, CancellationToken cancellation)
    {
        if (upload is { HasVersion: true } or not { ETag.Length: > 0, Sequencer.Length: > 0 }) return false;
        var known = Upload.TryParse(await runs.ReadInputAsync(id, cancellation));
        return known is not null && known.Sequencer != upload.Sequencer;
    }
}
