namespace Jobs.Worker.Csv;

/// <param name="Value">At most 80 characters of it.</param>
/// <param name="Rows">Rows that have it.</param>
public sealed record ValueCount(string Value, long Rows);
