namespace Jobs.Cli.Ports;

/// <summary>What a verification does to a stack from outside, beside sending commands, and how it is undone.</summary>
internal interface IProbe
{
    /// <summary>Whether a task on Spot can be interrupted: on the laptop. AWS has no call for it.</summary>
    bool CanInterrupt { get; }

    /// <summary>Writes an object to the runner's bucket.</summary>
    /// <returns>It, with version and ETag.</returns>
    Task<Upload> UploadAsync(string key, string content, CancellationToken cancellation);

    /// <summary>Deletes this version of an object for good; in a bucket without versions, the object.</summary>
    Task RemoveAsync(Upload upload, CancellationToken cancellation);

    /// <summary>Sends a message to a job's queue.</summary>
    Task SendAsync(string job, string body, CancellationToken cancellation);

    /// <summary>Deletes all messages of a job's queue.</summary>
    Task PurgeAsync(string job, CancellationToken cancellation);

    /// <summary>Enables or disables a rule of the default bus.</summary>
    Task SwitchAsync(string rule, bool isOn, CancellationToken cancellation);

    /// <summary>All subscriptions of a topic.</summary>
    Task<IReadOnlyList<Subscription>> SubscriptionsAsync(string topicArn, CancellationToken cancellation);

    /// <summary>Takes the capacity from under a task on Spot, with its notice.</summary>
    Task InterruptAsync(string taskArn, CancellationToken cancellation);
}
