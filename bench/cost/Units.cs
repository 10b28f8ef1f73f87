namespace Jobs.Bench.Cost;

/// <summary>DynamoDB's read and write request units.</summary>
internal readonly record struct Units(double Reads, double Writes)
{
    public static Units operator +(Units one, Units other) => new(one.Reads + other.Reads, one.Writes + other.Writes);
}
