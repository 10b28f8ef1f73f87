namespace Jobs.Bench.Cost;

/// <summary>DynamoDB's read and write request units.</summary>
/// <param name="Base">Write units of the table itself.</param>
/// <param name="Index">Write units of its indexes.</param>
internal readonly record struct Units(double Reads, double Base, double Index)
{
    public double Writes => Base + Index;

    public static Units operator +(Units one, Units other) =>
        new(one.Reads + other.Reads, one.Base + other.Base, one.Index + other.Index);

    public static Units operator /(Units units, int runs) =>
        new(units.Reads / runs, units.Base / runs, units.Index / runs);
}
