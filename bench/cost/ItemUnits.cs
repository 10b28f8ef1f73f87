namespace Jobs.Bench.Cost;

/// <summary>What one call pays for one item, or for one partition that it queries.</summary>
/// <param name="Partition">The item's partition key.</param>
/// <param name="Sort">Its sort key; of a query the index, or the sort key that it begins at.</param>
/// <param name="Bytes">Size of the item after the call; of a query, of all that it passed over.</param>
/// <param name="Indexes">What the write pays in each index that it changes.</param>
internal sealed record ItemUnits(string Partition, string Sort, int Bytes, Units Units, string Indexes = "")
{
    /// <summary>What kind of item it is: a run's by its sort key, any other by its partition.</summary>
    public string What => Partition.Contains('/', StringComparison.Ordinal) ? Sort : $"{Partition} {Sort}";
}
