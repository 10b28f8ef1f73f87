namespace Jobs.Worker.Csv;

/// <param name="Min">Earliest, ISO 8601; a time without offset counts as UTC.</param>
/// <param name="Max">Latest.</param>
public sealed record InstantSummary(string Min, string Max);
