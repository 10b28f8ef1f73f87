namespace Jobs.Worker.Csv;

/// <summary>Lengths of a column's values in UTF-16 characters, as .NET counts them.</summary>
public sealed record LengthSummary(int Min, int Max);
