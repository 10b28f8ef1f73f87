namespace Jobs.Worker.Inventory;

/// <param name="Name">A first part of keys with its slash, or a day in UTC.</param>
/// <param name="Bytes">Of the newest versions.</param>
public sealed record InventoryCount(string Name, long Objects, long Bytes)
{
    /// <summary>With one more object.</summary>
    public InventoryCount With(ListedObject listed) => this with { Objects = Objects + 1, Bytes = Bytes + listed.Size };
}
