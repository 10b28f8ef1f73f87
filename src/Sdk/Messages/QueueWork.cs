using System.Diagnostics;
using Jobs.Aws.Workers;
using Jobs.Core.Children;
using Jobs.Core.Messages;
using Jobs.Core.Objects;
using Jobs.Core.Workers;
using Jobs.Sdk.Children;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Reporting;
using Jobs.Sdk.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jobs.Sdk.Messages;

/// <summary>
/// The loop of a job on its queue, with an instance of the handler and a scope of services for each message.
/// </summary>
/// <param name="bucket">The runner's bucket; null where the stack has none.</param>
/// <param name="worker">Who works here, for dead letters: a run's id or a task's ARN.</param>
/// <param name="attempt">The attempt's place in its trace; null without a run, or without tracing.</param>
internal sealed class QueueWork(
    QueueJobType job, IServiceProvider services, string? bucket, string worker, TimeProvider clock,
    ActivityContext? attempt = null)
{
    /// <summary>
    /// As many failures without one success are the handler's, or those of what it depends on: the run fails, which
    /// lets the next ones wait. Fewer are the messages' own, and what becomes of them is the run's result.
    /// </summary>
    internal const int FailuresOfTheHandler = 10;

    private readonly HandledMessages _handled = new(HandledMessages.Most);
    private readonly ILogger _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Jobs.Host");

    /// <summary>Works until the queue has been idle for long enough, or the attempt's time is nearly over.</summary>
    /// <exception cref="JobFailedException">Not one message was handled, and handlers failed so often that it is not
    /// the messages.</exception>
    /// <exception cref="AwsUnavailableException">
    /// Not one message was handled, and AWS not answering the handlers' contexts is why.
    /// </exception>
    /// <exception cref="OperationCanceledException">The attempt was told to stop.</exception>
    public async Task<DrainSummary> DrainAsync(StopSignal stop, Action<Tally> report)
    {
        var settings = Settings() with { Idle = TimeSpan.FromSeconds(job.Queue.IdleSeconds), Lifetime = stop.TimeLeft };
        using var loop = Loop(settings, stop, (_, tally) => report(tally));
        var summary = await loop.RunAsync(stop.Token);
        if (summary.Handled > 0 || loop.HandlerFailures < FailuresOfTheHandler || loop.LastFailure is not { } cause)
        {
            return summary;
        }

        if (Ending.HasOutage(cause))
        {
            throw new AwsUnavailableException($"Not one message could be handled. Last: {cause.Message}", cause);
        }

        throw new JobFailedException(
            $"Not one message could be handled: {summary.Returned} times one went back into the queue, and " +
            $"{summary.DeadLettered} went to the dead letters. The last error: {cause.Message}",
            cause);
    }

    /// <summary>Works until told to stop, as the task of a service.</summary>
    /// <param name="onChange">Told how many messages are in hand.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task ServeAsync(StopSignal stop, Action<int> onChange)
    {
        using var loop = Loop(Settings(), stop, (inHand, _) => onChange(inHand));
        await loop.RunAsync(stop.Token);
    }

    private LoopSettings Settings()
    {
        var notice = TimeSpan.FromSeconds(job.Definition.StopTimeoutSeconds);
        var settings = new LoopSettings(
            job.Queue.Parallelism, TimeSpan.FromSeconds(job.Queue.VisibilitySeconds), job.Queue.MaxReceives);
        return settings.Grace > notice / 4 ? settings with { Grace = notice / 4 } : settings;
    }

    private MessageLoop Loop(LoopSettings settings, StopSignal stop, Action<int, Tally> onChange)
    {
        var queue = services.GetRequiredService<IMessageQueue>();
        var secrets = services.GetRequiredService<Secrets>();
        var settler = new Settler(
            queue, settings, (message, error) =>
                DeadLetter.AttributesOf(message, error, job.Definition.Name, worker, secrets), clock, _logger);
        return new MessageLoop(
            queue, settings, message => HandleAsync(message, stop), settler, onChange, clock, _logger);
    }

    private async Task<MessageEnd> HandleAsync(HeldMessage held, StopSignal stop)
    {
        JobLog.Handle(held.Message.Id);
        if (job.Read(held.Message.Body) is not { } message)
        {
            _logger.LogInformation("Message {Message} is not for this job, so it is skipped.", held.Message.Id);
            return MessageEnd.Skipped;
        }

        return await WorkerSteps.Begin(job.Definition.Name, held.Message, attempt).FollowAsync(async () =>
        {
            if (message.Identity is { } identity) return await HandleOnceAsync(held, message.Value, identity, stop);
            await HandleAsync(held, message.Value, stop);
            return MessageEnd.Handled;
        });
    }

    private async Task<MessageEnd> HandleOnceAsync(HeldMessage held, object message, string identity, StopSignal stop)
    {
        if (!_handled.TryBegin(identity))
        {
            _logger.LogInformation(
                "{What} was announced once more, by message {Message}, which is skipped.", message, held.Message.Id);
            return MessageEnd.Skipped;
        }

        var isHandled = false;
        try
        {
            await HandleAsync(held, message, stop);
            isHandled = true;
            return MessageEnd.Handled;
        }
        finally
        {
            if (isHandled) _handled.Remember(identity);
            else _handled.Forget(identity);
        }
    }

    private async Task HandleAsync(HeldMessage held, object message, StopSignal stop)
    {
        var scope = services.CreateAsyncScope();
        await using (scope)
        {
            var logger = scope.ServiceProvider.GetRequiredService<ILoggerFactory>()
                .CreateLogger(job.Type.FullName ?? job.Type.Name);
            var objects = new RunnerBucket(scope.ServiceProvider.GetRequiredService<IObjects>(), bucket);
            var submissions = new MessageSubmissions(held.Message.Id, RunChildren);
            var context = new MessageContext(
                held.Message, () => WhyStopped(held, stop), objects, submissions, logger);
            var handler = ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job.Type);
            await job.HandleAsync(handler, message, context, held.Stop);
        }

        IWorkerChildren RunChildren() => new PatientChildren(
            services.GetRequiredService<IWorkerChildren>(), services.GetRequiredService<AwsPatience>());
    }

    private static StopReason WhyStopped(HeldMessage held, StopSignal stop) => (held.Reason, stop.Reason) switch
    {
        (not StopReason.None, _) => held.Reason,
        (_, not StopReason.None) => stop.Reason,
        _ => held.Stop.IsCancellationRequested ? StopReason.TimedOut : StopReason.None,
    };
}
