using System.Globalization;
using System.Text;

namespace Jobs.Tests.EndToEndWorker;

/// <summary>
/// How a test holds a job: the job says that it runs with an object <c>running/KEY/LAUNCH</c>, whose content is its
/// process id, and waits until the object <c>gates/KEY</c> says open. Told to stop, it saves why as its checkpoint.
/// </summary>
internal static class Gate
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <returns>What an earlier attempt saved, or none; then a space and this launch.</returns>
    public static async Task<string> PassAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        var before = await job.ReadCheckpointAsync<string>(stop) ?? "none";
        using var process = new MemoryStream(
            Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        await job.WriteAsync($"running/{upload.Key}/{job.Launch}", process, "text/plain", stop);
        while (!await IsOpenAsync(upload, job))
        {
            if (stop.IsCancellationRequested)
            {
                await job.SaveCheckpointAsync($"{job.Interrupted}", stop);
                stop.ThrowIfCancellationRequested();
            }

            await Task.WhenAny(Task.Delay(Poll, TimeProvider.System, stop));
        }

        return $"{before} {job.Launch}";
    }

    private static async Task<bool> IsOpenAsync(Upload upload, JobContext job)
    {
        using var gate = new StreamReader(await job.OpenAsync($"gates/{upload.Key}", CancellationToken.None));
        return await gate.ReadToEndAsync(CancellationToken.None) == "open";
    }
}
