namespace Jobs.Sdk.Canaries;

/// <param name="Token">What the run was told, or read.</param>
internal sealed record CanaryResult(string Token);
