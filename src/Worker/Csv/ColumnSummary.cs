namespace Jobs.Worker.Csv;

/// <param name="Name">Name in the header.</param>
/// <param name="Values">Rows with a value.</param>
/// <param name="Empty">Rows without one, or with spaces only.</param>
/// <param name="Distinct">Different values; "more than 1000" above what was counted.</param>
public sealed record ColumnSummary(string Name, ColumnType Type, long Values, long Empty, string Distinct)
{
    /// <summary>For integer and decimal columns.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>For date and date-time columns.</summary>
    public InstantSummary? Instants { get; init; }

    /// <summary>For text columns.</summary>
    public LengthSummary? Lengths { get; init; }

    /// <summary>The most frequent values, at most five, when the column has at most 50 different ones.</summary>
    public IReadOnlyList<ValueCount>? Top { get; init; }
}
