namespace Jobs.Core.Backlog;

/// <summary>How full the jobs' queues are.</summary>
public interface IQueueReader
{
    /// <summary>Asks SQS now. Throws when there is no answer: unknown is not zero.</summary>
    Task<QueueReading> ReadAsync(string job, CancellationToken cancellation);
}
