namespace Jobs.Core.Messages;

/// <summary>The jobs' queues, for what puts messages into them.</summary>
public interface IJobQueues
{
    /// <summary>Once this returns the job's queue has the message.</summary>
    /// <param name="body">Up to 256 KB.</param>
    Task SendAsync(string job, string body, CancellationToken cancellation);
}
