namespace Jobs.Sdk.Canaries;

/// <param name="Token">Stands in the log of the task that takes the message.</param>
internal sealed record CanaryMessage(string Token);
