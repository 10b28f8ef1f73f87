namespace Jobs.Core.Ports;

/// <summary>Endings of a run's children as they were noted.</summary>
/// <param name="AtLeast">Never fewer than have ended, for each ending is counted after it was noted, and again when it is noted again.</param>
/// <param name="IsExact">None was noted twice, so that no more are counted than have ended.</param>
public sealed record EndingCount(int AtLeast, bool IsExact);
