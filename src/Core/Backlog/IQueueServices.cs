namespace Jobs.Core.Backlog;

/// <summary>The ECS services of the jobs whose queue has <see cref="QueueMode.Service"/>.</summary>
public interface IQueueServices
{
    /// <summary>Asks ECS now. Throws when there is no answer, or no such service.</summary>
    Task<ServiceReading> ReadAsync(string job, CancellationToken cancellation);

    /// <summary>Gives a service without tasks its first one. Idempotent.</summary>
    Task WakeAsync(string job, CancellationToken cancellation);
}
