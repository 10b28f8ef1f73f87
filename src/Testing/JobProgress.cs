namespace Jobs;

/// <summary>What a job reported with <see cref="JobContext.Progress"/>.</summary>
public sealed record JobProgress(double? Fraction, string? Message);
