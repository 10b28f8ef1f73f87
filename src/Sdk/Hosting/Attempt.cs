using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Engine;
using Jobs.Core.Objects;
using Jobs.Core.Workers;
using Jobs.Sdk.Children;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Ground;
using Jobs.Sdk.Messages;
using Jobs.Sdk.Reporting;
using Jobs.Sdk.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Hosting;

/// <summary>
/// One attempt in this process: claim the launch, read the input, run the job, record how it ended. Three calls to AWS
/// when the job is short and reports no progress. No user code runs before the claim.
/// </summary>
internal sealed class Attempt(
    WorkerSettings settings, IReadOnlyList<Assembly> assemblies, IServiceProvider services, TimeProvider clock)
{
    private readonly RunLabels _labels = new(services.GetRequiredService<Secrets>().Without);
    private readonly IWorkerRecords _records = services.GetRequiredService<IWorkerRecords>();
    private readonly ILogger _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Jobs.Host");
    private readonly JobLog _log = services.GetRequiredService<JobLog>();
    private readonly Secrets _secrets = services.GetRequiredService<Secrets>();
    private readonly AwsPatience _patience = services.GetRequiredService<AwsPatience>();
    private DateTimeOffset _claimedAt;

    /// <returns>The process's exit code, one of <see cref="Core.WorkerExitCodes"/>.</returns>
    /// <exception cref="HostFailedException">The host could not do its part, nor note it in the record.</exception>
    public async Task<int> RunAsync(CancellationToken sigterm)
    {
        if (!await Step("claim").FollowAsync(() => ClaimAsync(sigterm))) return WorkerExitCodes.Superseded;
        // Until all is recorded: a worker that waits for AWS to answer is not one that hangs.
        using var ended = new CancellationTokenSource();
        var heartbeat = new Heartbeat(_records, settings.Launch, clock, _logger);
        var lost = heartbeat.RunAsync(ended.Token);
        try
        {
            var ending = await WorkAsync(heartbeat, lost, sigterm);
            return await Step("record").FollowAsync(() => NewRecorder().RecordAsync(ending));
        }
        finally
        {
            await ended.CancelAsync();
            await lost;
        }
    }

    private Activity? Step(string name) => WorkerSteps.Begin(name, settings.Trace);

    private EndingRecorder NewRecorder() => new(
        settings, _records, services.GetRequiredService<IObjects>, _log, _labels, _secrets, _patience, _logger, clock);

    private async Task<bool> ClaimAsync(CancellationToken sigterm)
    {
        var task = await services.GetRequiredService<ITaskMetadata>().TaskArnAsync(sigterm);
        var ours = await AskAsync(
            $"Launch {settings.Launch} could not be claimed in the Results table",
            () => _records.ClaimAsync(settings.Launch, task, _claimedAt = clock.GetUtcNow(), sigterm),
            sigterm);
        if (ours) return true;
        _logger.LogWarning(
            "Launch {Launch} is another task's, or the run is at a later one. This task ends without running the job.",
            settings.Launch);
        return false;
    }

    private async Task<Ending> WorkAsync(Heartbeat heartbeat, Task<bool> lost, CancellationToken sigterm)
    {
        using var crash = new CrashNote(settings, _records, _log, _labels, _secrets, clock);
        try
        {
            var job = ImageJobs.Find(assemblies, settings.Job);
            if (job is QueueJobType queue)
            {
                return await RunJobAsync(job, stop => DrainAsync(queue, stop, heartbeat), lost, sigterm);
            }

            var input = await Step("read input").FollowAsync(() => ReadInputAsync(sigterm));
            _labels.Known = input.Labels;
            return await RunJobAsync(
                job,
                stop => Step($"job {settings.Job}").FollowAsync(
                    () => CallAsync((RunJobType)job, input.Json, stop, heartbeat)),
                lost,
                sigterm);
        }
        catch (OperationCanceledException) when (sigterm.IsCancellationRequested)
        {
            return Ending.Interrupted;
        }
#pragma warning disable CA1031 // Whatever it is, the record is where people look.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogCritical(e, "The host could not do its part.");
            var failure = e as HostFailedException ?? new HostFailedException($"The host failed: {e.Message}", e);
            return Ending.HostFailure(failure, _secrets);
        }
    }

    private async Task<RunInput> ReadInputAsync(CancellationToken sigterm)
    {
        var run = settings.Launch.Run;
        var inputs = services.GetRequiredService<IRunInputs>();
        var input = await AskAsync(
            $"The input of run {run} could not be read from the Runs table",
            () => inputs.ReadAsync(run, sigterm),
            sigterm);
        return input ?? throw new HostFailedException(
            $"Run {run} has no input in the Runs table: there is no such run, or it has expired.");
    }

    /// <summary>
    /// Asks AWS what the host itself needs, again while it does not answer or a new permission is not visible yet.
    /// </summary>
    /// <exception cref="HostFailedException">
    /// It did not answer in time, or refused; the exit code says which.
    /// </exception>
    private async Task<T> AskAsync<T>(string failure, Func<Task<T>> call, CancellationToken sigterm)
    {
        try
        {
            return await _patience.AskAsync(failure, call, denialPasses: true, sigterm);
        }
        catch (AwsUnavailableException e)
        {
            throw new HostFailedException(e.Message, e) { ExitCode = WorkerExitCodes.AwsUnavailable };
        }
        catch (Exception e) when (e is not (OperationCanceledException or HostFailedException))
        {
            throw new HostFailedException($"{failure}: {e.Message}", e);
        }
    }

    /// <param name="lost">True when the record is lost to a later launch.</param>
    private async Task<Ending> RunJobAsync(
        JobType job, Func<StopSignal, Task<string>> work, Task<bool> lost, CancellationToken sigterm)
    {
        using var stop = new StopSignal(
            clock, _claimedAt, TimeSpan.FromMinutes(job.Definition.TimeoutMinutes), TimeSpan.FromSeconds(
                job.Definition.StopTimeoutSeconds));
        var notice = new StopNotice(services.GetRequiredService<IRunStops>(), settings.Launch, stop, clock, _logger);
        var stopping = Task.CompletedTask;
        using var terminate = sigterm.Register(() => stopping = notice.PassOnAsync());
        using var ended = new CancellationTokenSource();
        var watching = StopWhenLostAsync(lost, stop, ended.Token);
        try
        {
            var began = clock.GetTimestamp();
            var result = await WithinNoticeAsync(Task.Run(() => work(stop), CancellationToken.None), stop);
            _logger.LogInformation(
                "{Job} is done after {Seconds:0.0} s.", settings.Job, clock.GetElapsedTime(began).TotalSeconds);
            return Ending.Success(result);
        }
#pragma warning disable CA1031 // Whatever the job throws is how it ended.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // The job may have seen the consequences of SIGTERM sooner than its reason was known.
            await terminate.DisposeAsync();
            await stopping;
            var ending = Ending.Failure(e, stop.Reason, _secrets);
            if (ending.Children is { } children)
            {
                _logger.LogInformation("{Job} awaits its {Children} children.", settings.Job, children);
            }
            else _logger.LogError(e, "{Job} ended with exit code {ExitCode}.", settings.Job, ending.ExitCode);
            return ending;
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
            await stopping;
        }
    }

    private async Task StopWhenLostAsync(Task<bool> lost, StopSignal stop, CancellationToken ended)
    {
        await Task.WhenAny(lost, Task.Delay(Timeout.InfiniteTimeSpan, clock, ended));
        if (!ended.IsCancellationRequested && await lost) stop.Supersede();
    }

    private async Task<string> CallAsync(RunJobType job, string input, StopSignal stop, Heartbeat heartbeat)
    {
        var scope = services.CreateAsyncScope();
        await using (scope)
        {
            var logger = scope.ServiceProvider.GetRequiredService<ILoggerFactory>()
                .CreateLogger(job.Type.FullName ?? job.Type.Name);
            var bucket = new RunnerBucket(scope.ServiceProvider.GetRequiredService<IObjects>(), settings.Bucket);
            var children = new RunChildren(settings.Launch, Port, bucket.OpenAsync);
            var checkpoints = new RecordedCheckpoints(_records, settings.Launch, _patience);
            var context = new JobContext(
                settings.Launch, stop, bucket, checkpoints, children, _labels, logger, Report);
            var instance = ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job.Type);
            return await job.RunAsync(instance, input, context, stop.Token);
        }

        IWorkerChildren Port() => new PatientChildren(services.GetRequiredService<IWorkerChildren>(), _patience);

        void Report(WorkerProgress progress) =>
            heartbeat.Report(
                progress with { Message = progress.Message is { } message ? _secrets.Without(message) : null });
    }

    /// <summary>A run of a queue's job: no input, and what became of the messages is its result.</summary>
    private async Task<string> DrainAsync(QueueJobType job, StopSignal stop, Heartbeat heartbeat)
    {
        var work = new QueueWork(job, services, settings.Bucket, settings.Launch.Run.ToString(), clock, settings.Trace);
        var summary = await work.DrainAsync(
            stop, tally => heartbeat.Report(new WorkerProgress(null, tally.ToString())));
        return JobJson.Write(summary);
    }

    /// <summary>
    /// Leaves a job that ignores <c>stop</c> behind shortly before SIGKILL, so that the record says so.
    /// </summary>
    private static async Task<string> WithinNoticeAsync(Task<string> running, StopSignal stop)
    {
        try
        {
            return await running.WaitAsync(stop.Over);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            throw new TimeoutException(
                "The job did not end in time after it was told to stop. Pass 'stop' to every call that takes a " +
                "CancellationToken, and check it in loops.");
        }
    }
}
