using System.Text;
using Jobs.Core;

namespace Jobs.Sdk.Canaries;

/// <summary>Reads the object that was uploaded, as its role may.</summary>
[Job(
    Name = CanaryNames.OfUploads,
    Owner = CanaryWork.Owner,
    TimeoutMinutes = 5,
    StopTimeoutSeconds = CanaryNames.StopTimeoutSeconds)]
[OnUpload(CanaryNames.Prefix, Suffix = CanaryNames.Suffix)]
internal sealed class CanaryOfUploads : IJob<Upload, CanaryResult>
{
    /// <summary>Bytes that are read: more than any verification uploads.</summary>
    private const int Most = 1_000;

    public async Task<CanaryResult> RunAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        await using var content = await job.OpenAsync(upload, stop);
        var read = new byte[Most];
        var length = await content.ReadAtLeastAsync(read, Most, throwOnEndOfStream: false, stop);
        return new CanaryResult(Encoding.UTF8.GetString(read, 0, length));
    }
}
