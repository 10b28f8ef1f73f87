using System.Globalization;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>The number that an upload consists of.</summary>
internal static class UploadedNumber
{
    public static async Task<int> ReadAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(upload, stop));
        return int.Parse(await text.ReadToEndAsync(stop), CultureInfo.InvariantCulture);
    }
}
