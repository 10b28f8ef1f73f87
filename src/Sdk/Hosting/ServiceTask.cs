using System.Reflection;
using Jobs.Core;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Messages;
using Jobs.Sdk.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Hosting;

/// <summary>
/// One task of a queue's service in this process: the same loop as a run's, without a run. Nothing is claimed and no
/// result recorded; it ends when ECS tells it to, and gives back what it has in hand.
/// </summary>
internal sealed class ServiceTask(
    string job, string? bucket, IReadOnlyList<Assembly> assemblies, IServiceProvider services, TimeProvider clock)
{
    /// <summary>A service's task has no timeout of its own.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromDays(36_500);

    /// <returns>The process's exit code: 0, because a service's task that ends when it is told to has done all it
    /// should.</returns>
    /// <exception cref="HostFailedException">The host could not do its part.</exception>
    public async Task<int> RunAsync(CancellationToken sigterm)
    {
        var task = await services.GetRequiredService<ITaskMetadata>().TaskArnAsync(sigterm);
        services.GetRequiredService<JobLog>().ServiceTask = (job, task);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Jobs.Host");
        var found = ImageJobs.Find(assemblies, job) as QueueJobType ?? throw new HostFailedException(
            $"Job '{job}' takes no messages, so no service can run it: {EnvironmentNames.Queue} is set and " +
            $"{EnvironmentNames.RunId} is not. Deploy image and stack together.");
        using var stop = new StopSignal(
            clock, clock.GetUtcNow(), Forever, TimeSpan.FromSeconds(found.Definition.StopTimeoutSeconds));
        using var terminate = sigterm.Register(() => stop.Terminate(StopReason.Interrupted));
        using var ended = new CancellationTokenSource();
        var protection = new ScaleInProtection(services.GetRequiredService<ITaskProtection>(), clock, logger);
        var protecting = protection.RunAsync(ended.Token);
        try
        {
            logger.LogInformation("The service's task {Task} works on the queue of {Job}.", task, job);
            await new QueueWork(found, services, bucket, task, clock).ServeAsync(stop, protection.Note);
        }
        catch (OperationCanceledException) when (sigterm.IsCancellationRequested)
        {
            logger.LogInformation("Told to stop: what was in hand is settled or back in the queue.");
        }
        finally
        {
            await ended.CancelAsync();
            await protecting;
        }

        return WorkerExitCodes.Succeeded;
    }
}
