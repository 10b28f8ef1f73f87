namespace Jobs.Aws.Metrics;

/// <summary>A value of a metric.</summary>
/// <param name="Unit">One of CloudWatch's units.</param>
internal sealed record EmbeddedValue(string Name, string Unit, double Value)
{
    public static EmbeddedValue Count(string name, double value) => new(name, "Count", value);

    /// <summary>To the millisecond.</summary>
    public static EmbeddedValue Seconds(string name, TimeSpan value) =>
        new(name, "Seconds", Math.Round(value.TotalSeconds, 3));

    /// <summary>CloudWatch has no unit for money.</summary>
    public static EmbeddedValue Dollars(string name, decimal value) => new(name, "None", (double)Math.Round(value, 6));
}
