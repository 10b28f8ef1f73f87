using System.Text;
using Jobs.Core;
using Jobs.Core.Ports;
using Jobs.Core.Workers;

namespace Jobs.Hosting;

/// <summary>Writes an attempt's ending into its record, patiently: the work is done, and losing its result would repeat it.</summary>
internal sealed class EndingRecorder(WorkerSettings settings, IWorkerRecords records, Func<IObjects> objects, JobLog log, TimeProvider clock)
{
    /// <summary>Bytes of UTF-8 that a result may have to lie in the record itself.</summary>
    internal const int MaxInlineResult = 32 * 1_024;

    /// <summary>1, 2 and 4 seconds after each other, on top of the SDK's own retries.</summary>
    internal const int Tries = 4;

    /// <returns>The exit code that is true after the write: Superseded when a later launch has the record by now.</returns>
    /// <exception cref="HostFailedException">The result could not be written.</exception>
    public async Task<int> RecordAsync(Ending ending)
    {
        if (ending.ExitCode == WorkerExitCodes.Superseded) return ending.ExitCode;
        try
        {
            var outcome = new WorkerOutcome { Error = ending.Error, Children = ending.Children, LogTail = log.Tail };
            outcome = ending.Result is { } result ? await AddResultAsync(outcome, result) : outcome;
            var ours = await PatientlyAsync(() => records.CompleteAsync(settings.Launch, clock.GetUtcNow(), outcome, CancellationToken.None));
            return ours ? ending.ExitCode : WorkerExitCodes.Superseded;
        }
        catch (Exception e) when (e is not HostFailedException)
        {
            throw new HostFailedException($"The job ended with exit code {ending.ExitCode}, but that could not be recorded: {e.Message}", e);
        }
    }

    private async Task<WorkerOutcome> AddResultAsync(WorkerOutcome outcome, string result)
    {
        if (Encoding.UTF8.GetByteCount(result) <= MaxInlineResult) return outcome with { ResultJson = result };
        if (settings.Bucket is not { } bucket)
        {
            throw new HostFailedException($"The result is above {MaxInlineResult} bytes and needs a bucket, but {EnvironmentNames.Bucket} is not set.");
        }

        var run = settings.Launch.Run;
        var key = $"{Names.ResultsPrefix}{run.Job}/{run.Key}.json";
        await PatientlyAsync(async () =>
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(result));
            await objects().WriteAsync(bucket, key, content, "application/json", CancellationToken.None);
            return true;
        });
        return outcome with { ResultKey = key };
    }

    private async Task<bool> PatientlyAsync(Func<Task<bool>> write)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await write();
            }
            catch (Exception e) when (tries < Tries && e is not HostFailedException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 << (tries - 1)), clock);
            }
        }
    }
}
