using System.Text.Json;

namespace Jobs.Bench.Cost;

/// <summary>A global secondary index as the stack declares it.</summary>
/// <param name="Keys">Its key attributes.</param>
/// <param name="Projected">Attributes it holds besides all keys: none for KEYS_ONLY; null for ALL.</param>
internal sealed record TableIndex(string Name, IReadOnlyList<string> Keys, IReadOnlyList<string>? Projected)
{
    /// <summary>
    /// Write units of one write: one to put an entry, one to remove it, both when its keys change, one when only its
    /// other attributes do.
    /// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
    /// </summary>
    public int Units(JsonElement? before, JsonElement? after)
    {
        var (old, fresh) = (Entry(before), Entry(after));
        if (old is null || fresh is null) return Units(old) + Units(fresh);
        if (Keys.Any(key => !Same(old, fresh, key))) return Units(old) + Units(fresh);
        return old.Keys.Union(fresh.Keys).All(name => Same(old, fresh, name)) ? 0 : Math.Max(Units(old), Units(fresh));
    }

    /// <summary>Bytes of the item's entry; 0 when it is not in the index.</summary>
    public int Bytes(JsonElement item) => Bytes(Entry(item));

    private Dictionary<string, JsonElement>? Entry(JsonElement? item)
    {
        if (item is not { } value || !Keys.All(key => value.TryGetProperty(key, out _))) return null;
        return value.EnumerateObject()
            .Where(attribute => IsHeld(attribute.Name))
            .ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
    }

    private bool IsHeld(string name) =>
        Projected is null || Keys.Contains(name) || Projected.Contains(name) || name is "pk" or "sk";

    private static bool Same(Dictionary<string, JsonElement> old, Dictionary<string, JsonElement> fresh, string name) =>
        old.TryGetValue(name, out var before)
            && fresh.TryGetValue(name, out var after)
            && JsonElement.DeepEquals(before, after);

    private static int Units(Dictionary<string, JsonElement>? entry) =>
        entry is null ? 0 : DynamoMeter.WriteUnits(Bytes(entry));

    private static int Bytes(Dictionary<string, JsonElement>? entry) =>
        entry is null ? 0 : ItemSize.Of(JsonSerializer.SerializeToElement(entry));
}
