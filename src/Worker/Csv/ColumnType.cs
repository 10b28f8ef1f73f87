namespace Jobs.Worker.Csv;

/// <summary>The narrowest type that all values of a column have.</summary>
public enum ColumnType
{
    /// <summary>No row has a value.</summary>
    Empty,

    /// <summary>Whole numbers of at most 18 digits, without leading zeros.</summary>
    Integer,

    /// <summary>Numbers with a decimal point; in files separated by semicolons also with a decimal comma.</summary>
    Decimal,

    /// <summary>true or false, in any case.</summary>
    Boolean,

    /// <summary>ISO 8601 dates: 2026-01-31.</summary>
    Date,

    /// <summary>
    /// ISO 8601 dates with a time: 2026-01-31T13:45:00Z, with T or a space, with or without offset, seconds and up to
    /// nine digits of fraction.
    /// </summary>
    DateTime,

    Text,
}
