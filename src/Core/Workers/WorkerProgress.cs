namespace Jobs.Core.Workers;

/// <param name="Fraction">0 to 1; null when the job cannot say.</param>
/// <param name="Message">One line for people; null when there is none.</param>
public sealed record WorkerProgress(double? Fraction, string? Message);
