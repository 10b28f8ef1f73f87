namespace Jobs.Hosting;

/// <summary>Who this process is to ECS.</summary>
internal interface ITaskMetadata
{
    /// <summary>ARN of the task; a name no other task has when ECS does not say in time. The same however often it is asked.</summary>
    Task<string> TaskArnAsync(CancellationToken cancellation);
}
