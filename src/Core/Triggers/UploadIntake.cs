using Jobs.Core.Definitions;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Core.Triggers;

/// <summary>Makes one run of each upload, however often its event arrives.</summary>
public sealed class UploadIntake(JobCatalog catalog, RunEngine engine)
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
        // The rule may find more than its trigger: it knows no pattern of a prefix and a long suffix in any case.
        if (declared is { Suffix: not "" } && !declared.Matches(upload.Key)) return null;
        var id = Identify(job, upload);
        var request = new RunRequest(id, $"upload {trigger}", upload.ToJson()) { Priority = declared?.Priority ?? 0 };
        return (id, await engine.SubmitAsync(request, definition, cancellation));
    }

    /// <summary>The run that an upload makes.</summary>
    /// <exception cref="RejectedMessageException">Nothing tells this upload from another of the same key.</exception>
    // A version is one upload. Without versions, the ETag tells contents apart and the sequencer tells two uploads of
    // the same content apart.
    public static RunId Identify(string job, Upload upload) => upload switch
    {
        { VersionId: { Length: > 0 } version } when version != "null" =>
            RunId.From(job, "upload", upload.Bucket, upload.Key, "version", version),
        { ETag: { Length: > 0 } eTag } =>
            RunId.From(job, "upload", upload.Bucket, upload.Key, "etag", eTag, upload.Sequencer ?? ""),
        { Sequencer: { Length: > 0 } sequencer } =>
            RunId.From(job, "upload", upload.Bucket, upload.Key, "sequencer", sequencer),
        _ => throw new RejectedMessageException(
            $"The event for {upload} has no version id, ETag or sequencer, so a repetition of it could not be told " +
            "from a new upload. Send S3's event unchanged."),
    };
}
