using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Triggers;

namespace Jobs.Cli.Reading;

/// <summary>
/// The runs that the uploads of a key started: their ids follow from the object's versions, so nothing is searched.
/// </summary>
internal static class KeyRuns
{
    /// <summary>Newest versions of the key that are looked at.</summary>
    private const int MaxVersions = 20;

    public static async Task<RunBatch> ReadAsync(
        IStack stack, IReadOnlyList<string> jobs, string key, CancellationToken cancellation)
    {
        var uploads = await stack.Versions.OfAsync(key, MaxVersions, cancellation);
        var ids = uploads.SelectMany(upload => jobs.Select(job => IdOf(job, upload))).OfType<RunId>().ToList();
        return await RunBatch.ReadAsync(stack.History, ids, cancellation);
    }

    private static RunId? IdOf(string job, Upload upload)
    {
        try
        {
            return UploadIntake.Identify(job, upload);
        }
        catch (RejectedMessageException)
        {
            // Nothing tells it from another upload of the key, so it started nothing.
            return null;
        }
    }
}
