using System.Text.Json;

namespace Jobs.Bench.Cost;

/// <summary>
/// Read and write units of the calls that were made, by DynamoDB's rules. An item that is only ever put whole is followed through its
/// changes; one that is updated counts with the size it has in the end, which is its largest.
/// </summary>
/// <param name="indexes">Indexes of each table.</param>
/// <param name="finalItem">Reads an item as it is now: table, key → item, null when there is none.</param>
internal sealed class DynamoMeter(IReadOnlyDictionary<string, IReadOnlyList<TableIndex>> indexes, Func<string, JsonElement, Task<JsonElement?>> finalItem)
{
    private readonly Dictionary<string, JsonElement> _items = [];

    public static int WriteUnits(int bytes) => Math.Max(1, (bytes + 1023) / 1024);

    public async Task<Units> MeasureAsync(string operation, ReadOnlyMemory<byte> body)
    {
        using var parsed = JsonDocument.Parse(body);
        var call = parsed.RootElement.Clone();
        return operation switch
        {
            "PutItem" => new Units(0, Put(call.GetProperty("TableName").GetString()!, call.GetProperty("Item"))),
            "UpdateItem" => new Units(0, WriteUnits(await SizeAsync(call.GetProperty("TableName").GetString()!, call.GetProperty("Key")))),
            "GetItem" => new Units(await ReadUnitsAsync(call.GetProperty("TableName").GetString()!, call.GetProperty("Key"), call), 0),
            "BatchGetItem" => new Units(await BatchUnitsAsync(call), 0),
            _ => throw new InvalidOperationException($"An upload run is not expected to call {operation}; teach the meter its units."),
        };
    }

    private int Put(string table, JsonElement item)
    {
        var key = $"{table} {item.GetProperty("pk")} {item.GetProperty("sk")}";
        JsonElement? before = _items.TryGetValue(key, out var known) ? known : null;
        _items[key] = item;
        var size = Math.Max(ItemSize.Of(item), before is { } old ? ItemSize.Of(old) : 0);
        return WriteUnits(size) + indexes[table].Sum(index => index.Units(before, item));
    }

    private async Task<double> BatchUnitsAsync(JsonElement call)
    {
        var units = 0.0;
        foreach (var table in call.GetProperty("RequestItems").EnumerateObject())
        {
            foreach (var key in table.Value.GetProperty("Keys").EnumerateArray()) units += await ReadUnitsAsync(table.Name, key, table.Value);
        }

        return units;
    }

    private async Task<double> ReadUnitsAsync(string table, JsonElement key, JsonElement options)
    {
        var consistent = options.TryGetProperty("ConsistentRead", out var wanted) && wanted.GetBoolean();
        return Math.Max(1, (await SizeAsync(table, key) + 4095) / 4096) * (consistent ? 1 : 0.5);
    }

    private async Task<int> SizeAsync(string table, JsonElement key) => await finalItem(table, key) is { } item ? ItemSize.Of(item) : 0;
}
