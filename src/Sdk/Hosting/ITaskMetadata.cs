using Jobs.Sdk.Reporting;

namespace Jobs.Sdk.Hosting;

/// <summary>Who this process is to ECS.</summary>
internal interface ITaskMetadata
{
    /// <summary>ARN of the task.</summary>
    /// <exception cref="HostFailedException">
    /// ECS does not say, so the task that works here could not be found; exit code Unnamed.
    /// </exception>
    Task<string> TaskArnAsync(CancellationToken cancellation);
}
