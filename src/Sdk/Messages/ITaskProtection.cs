namespace Jobs.Sdk.Messages;

/// <summary>Keeps ECS from ending this task of a service while it scales in or deploys.</summary>
internal interface ITaskProtection
{
    /// <summary>Protects the task from now on for a while, or no longer.</summary>
    /// <param name="expires">Whole minutes, 1 to 2,880; without meaning when it is not protected.</param>
    Task SetAsync(bool isProtected, TimeSpan expires, CancellationToken cancellation);
}
