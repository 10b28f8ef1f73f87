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
        if (upload.Key.StartsWith(Names.ReservedPrefix, StringComparison.Ordinal)) return null;
        var definition = catalog.Required(job);
        var declared = definition.Uploads.FirstOrDefault(declared => declared.Name == trigger);
        // The rule of a prefix finds keys with any suffix, also the rule of a trigger that is there no more.
        if (declared is { Suffix: not "" } && !declared.Matches(upload.Key)) return null;
        if (declared is null && !HasSuffixOf(trigger, upload.Key)) return null;
        var request = new RunRequest(Identify(job, upload), $"upload {trigger}", upload.ToJson())
        {
            Priority = declared?.Priority ?? 0,
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
