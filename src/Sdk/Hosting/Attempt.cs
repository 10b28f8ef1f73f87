using System.Reflection;
using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Ports;
using Jobs.Core.Workers;
using Jobs.Declarations;
using Jobs.Hosting.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jobs.Hosting;

/// <summary>
/// One attempt in this process: claim the launch, read the input, run the job, record how it ended. Three calls to AWS when
/// the job is short and reports no progress. No user code runs before the claim.
/// </summary>
internal sealed class Attempt(WorkerSettings settings, IReadOnlyList<Assembly> assemblies, IServiceProvider services, TimeProvider clock)
{
    private readonly IWorkerRecords _records = services.GetRequiredService<IWorkerRecords>();
    private readonly ILogger _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Jobs.Host");
    private readonly Secrets _secrets = services.GetRequiredService<Secrets>();
    private DateTimeOffset _claimedAt;

    /// <returns>The process's exit code, one of <see cref="Core.WorkerExitCodes"/>.</returns>
    /// <exception cref="HostFailedException">The host could not do its part, nor note it in the record.</exception>
    public async Task<int> RunAsync(CancellationToken sigterm)
    {
        var ending = await ClaimAsync(sigterm) ? await WorkAsync(sigterm) : Ending.Superseded;
        var recorder = new EndingRecorder(settings, _records, services.GetRequiredService<IObjects>, services.GetRequiredService<JobLog>(), clock);
        return await recorder.RecordAsync(ending);
    }

    private async Task<bool> ClaimAsync(CancellationToken sigterm)
    {
        var task = await services.GetRequiredService<ITaskMetadata>().TaskArnAsync(sigterm);
        _claimedAt = clock.GetUtcNow();
        try
        {
            if (await _records.ClaimAsync(settings.Launch, task, _claimedAt, sigterm)) return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new HostFailedException($"Launch {settings.Launch} could not be claimed in the Results table: {e.Message}", e);
        }

        _logger.LogWarning("Launch {Launch} is another task's, or the run is at a later one. This task ends without running the job.", settings.Launch);
        return false;
    }

    private async Task<Ending> WorkAsync(CancellationToken sigterm)
    {
        try
        {
            var job = ImageJobs.Find(assemblies, settings.Job);
            if (job is QueueJobType queue) return await RunJobAsync(job, (stop, heartbeat) => DrainAsync(queue, stop, heartbeat), sigterm);
            var input = await ReadInputAsync(sigterm);
            return await RunJobAsync(job, (stop, heartbeat) => CallAsync((RunJobType)job, input, stop, heartbeat), sigterm);
        }
        catch (HostFailedException e)
        {
            _logger.LogCritical(e, "The host could not do its part.");
            return Ending.HostFailure(e, _secrets);
        }
        catch (OperationCanceledException) when (sigterm.IsCancellationRequested)
        {
            return Ending.Interrupted;
        }
    }

    private async Task<string> ReadInputAsync(CancellationToken sigterm)
    {
        var run = settings.Launch.Run;
        try
        {
            return await services.GetRequiredService<IRunInputs>().ReadAsync(run, sigterm)
                ?? throw new HostFailedException($"Run {run} has no input in the Runs table: there is no such run, or it has expired.");
        }
        catch (Exception e) when (e is not (OperationCanceledException or HostFailedException))
        {
            throw new HostFailedException($"The input of run {run} could not be read from the Runs table: {e.Message}", e);
        }
    }

    private async Task<Ending> RunJobAsync(JobType job, Func<StopSignal, Heartbeat, Task<string>> work, CancellationToken sigterm)
    {
        using var stop = new StopSignal(
            clock, _claimedAt, TimeSpan.FromMinutes(job.Definition.TimeoutMinutes), TimeSpan.FromSeconds(job.Definition.StopTimeoutSeconds));
        var notice = new StopNotice(services.GetRequiredService<IRunStops>(), settings.Launch, stop, clock, _logger);
        var hearing = Task.CompletedTask;
        using var terminate = sigterm.Register(() => hearing = notice.HearAsync());
        using var ended = new CancellationTokenSource();
        var heartbeat = new Heartbeat(_records, settings.Launch, clock, _logger);
        var beating = BeatAsync(heartbeat, stop, ended.Token);
        try
        {
            var began = clock.GetTimestamp();
            var result = await WithinNoticeAsync(Task.Run(() => work(stop, heartbeat), CancellationToken.None), stop);
            _logger.LogInformation("{Job} is done after {Seconds:0.0} s.", settings.Job, clock.GetElapsedTime(began).TotalSeconds);
            return Ending.Success(result);
        }
#pragma warning disable CA1031 // Whatever the job throws is how it ended.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // The job may have seen the consequences of SIGTERM sooner than its reason was known.
            await terminate.DisposeAsync();
            await hearing;
            var ending = Ending.Failure(e, stop.Reason, _secrets);
            if (ending.Children is { } children) _logger.LogInformation("{Job} awaits its {Children} children.", settings.Job, children);
            else _logger.LogError(e, "{Job} ended with exit code {ExitCode}.", settings.Job, ending.ExitCode);
            return ending;
        }
        finally
        {
            await ended.CancelAsync();
            await beating;
            await hearing;
        }
    }

    private static async Task BeatAsync(Heartbeat heartbeat, StopSignal stop, CancellationToken ended)
    {
        if (await heartbeat.RunAsync(ended)) stop.Supersede();
    }

    private async Task<string> CallAsync(RunJobType job, string input, StopSignal stop, Heartbeat heartbeat)
    {
        var scope = services.CreateAsyncScope();
        await using (scope)
        {
            var logger = scope.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(job.Type.FullName ?? job.Type.Name);
            var objects = scope.ServiceProvider.GetRequiredService<IObjects>();
            var checkpoints = new RecordedCheckpoints(_records, settings.Launch);
            var context = new JobContext(settings.Launch, stop, objects, checkpoints, services.GetRequiredService<IWorkerFamily>, settings.Bucket, logger, Report);
            var instance = ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job.Type);
            return await job.RunAsync(instance, input, context, stop.Token);
        }

        void Report(WorkerProgress progress) =>
            heartbeat.Report(progress with { Message = progress.Message is { } message ? _secrets.Without(message) : null });
    }

    /// <summary>A run of a queue's job: no input, and what became of the messages is its result.</summary>
    private async Task<string> DrainAsync(QueueJobType job, StopSignal stop, Heartbeat heartbeat)
    {
        var work = new QueueWork(job, services, settings.Bucket, settings.Launch.Run.ToString(), clock);
        var summary = await work.DrainAsync(stop, tally => heartbeat.Report(new WorkerProgress(null, tally.ToString())));
        return JsonSerializer.Serialize(summary, JobJson.Options);
    }

    /// <summary>Leaves a job that ignores <c>stop</c> behind shortly before SIGKILL, so that the record says so.</summary>
    private static async Task<string> WithinNoticeAsync(Task<string> running, StopSignal stop)
    {
        try
        {
            return await running.WaitAsync(stop.Over);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            throw new TimeoutException(
                "The job did not end in time after it was told to stop. Pass 'stop' to every call that takes a CancellationToken, and check it in loops.");
        }
    }
}
