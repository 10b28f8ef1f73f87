namespace Jobs.Core.Dispatch;

/// <summary>The permission to pace launches, as it was taken.</summary>
/// <param name="Pacing">What the last holder knew of the launch rate; null when there was none.</param>
public sealed record DispatchLease(Pacing? Pacing);
