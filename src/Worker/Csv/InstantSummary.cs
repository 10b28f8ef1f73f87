namespace Jobs.Worker.Csv;

/// <param name="Min">Earliest, ISO 8601; a time without offset counts as UTC, and fractions below 100 nanoseconds are
/// cut.</param>
/// <param name="Max">Latest.</param>
public sealed record InstantSummary(string Min, string Max);
