using System.Text;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Objects;
using Jobs.Core.Workers;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Reporting;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Hosting;

/// <summary>
/// Writes an attempt's ending into its record, patiently: the work is done, and losing its result would repeat it.
/// </summary>
internal sealed class EndingRecorder(
    WorkerSettings settings,
    IWorkerRecords records,
    Func<IObjects> objects,
    JobLog log,
    RunLabels labels,
    Secrets secrets,
    AwsPatience patience,
    ILogger logger,
    TimeProvider clock)
{
    /// <summary>Bytes of UTF-8 that a result may have to lie in the record itself.</summary>
    internal const int MaxInlineResult = 32 * 1_024;

    private long? _began;

    /// <returns>The exit code that is true after the write: Superseded when a later launch has the record by
    /// now.</returns>
    /// <exception cref="HostFailedException">The ending could not be written.</exception>
    public async Task<int> RecordAsync(Ending ending)
    {
        if (ending.ExitCode == WorkerExitCodes.Superseded) return ending.ExitCode;
        _began = patience.Now;
        try
        {
            return await WriteAsync(ending);
        }
        catch (Exception e) when (ending.Result is not null)
        {
            // It may be the result alone that cannot be written, and then the record says so.
            var failure = Unrecorded(ending, e);
            logger.LogCritical(e, "{Failure}", failure.Message);
            return await WriteOrThrowAsync(failure);
        }
        catch (Exception e)
        {
            throw Unrecorded(ending, e);
        }
    }

    private async Task<int> WriteOrThrowAsync(HostFailedException failure)
    {
        try
        {
            return await WriteAsync(Ending.HostFailure(failure, secrets));
        }
#pragma warning disable CA1031 // What could not be written in the first place is what the caller has to be told.
        catch (Exception)
#pragma warning restore CA1031
        {
            throw failure;
        }
    }

    private async Task<int> WriteAsync(Ending ending)
    {
        var outcome = new WorkerOutcome(ending.ExitCode)
        {
            Error = ending.Error,
            Children = ending.Children,
            Labels = labels.Added,
            LogTail = log.Tail,
        };
        outcome = ending.Result is { } result ? await AddResultAsync(outcome, result) : outcome;
        var ours = await PatientlyAsync(
            "The Results table does not take it",
            () => records.CompleteAsync(settings.Launch, clock.GetUtcNow(), outcome, CancellationToken.None));
        return ours ? ending.ExitCode : WorkerExitCodes.Superseded;
    }

    private async Task<WorkerOutcome> AddResultAsync(WorkerOutcome outcome, string result)
    {
        if (Encoding.UTF8.GetByteCount(result) <= MaxInlineResult) return outcome with { ResultJson = result };
        if (settings.Bucket is not { } bucket)
        {
            throw new HostFailedException(
                $"The result is above {MaxInlineResult} bytes and needs a bucket, but {EnvironmentNames.Bucket} is " +
                "not set.");
        }

        var key = Names.LargeResult(settings.Launch);
        await PatientlyAsync($"s3://{bucket}/{key} could not be written", async () =>
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(result));
            await objects().WriteAsync(bucket, key, content, "application/json", CancellationToken.None);
            return true;
        });
        return outcome with { ResultKey = key };
    }

    /// <summary>All writes share one patience, so that a worker which records nothing does not count as hung.</summary>
    private Task<bool> PatientlyAsync(string failure, Func<Task<bool>> write) =>
        patience.AskAsync(failure, write, denialPasses: true, CancellationToken.None, _began);

    private static HostFailedException Unrecorded(Ending ending, Exception e) => new(
        $"The job ended with exit code {ending.ExitCode}, but that could not be recorded: {e.Message}", e)
    {
        ExitCode = e is AwsUnavailableException ? WorkerExitCodes.AwsUnavailable : WorkerExitCodes.HostFailed,
    };
}
