using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jobs.Bench.Cost;

/// <summary>
/// Read and write units of calls that were made, by DynamoDB's rules: each is made again on the twin tables, and
/// what it reads and writes is measured there.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
/// </summary>
/// <param name="names">From the tables' names in the calls to those of the twins.</param>
internal sealed class DynamoMeter(TwinTables twins, IReadOnlyDictionary<string, string> names)
{
    private static readonly string[] OfFilters = ["FilterExpression", "ProjectionExpression"];

    private static readonly string[] Placeholders = ["ExpressionAttributeNames", "ExpressionAttributeValues"];

    public static int WriteUnits(int bytes) => Math.Max(1, (bytes + 1_023) / 1_024);

    /// <summary>Every write must be told, in order, so that the twins follow; reads only when they count.</summary>
    public static bool IsWrite(string operation) => operation is "PutItem" or "UpdateItem" or "DeleteItem";

    public async Task<IReadOnlyList<ItemUnits>> MeasureAsync(
        string operation, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var call = JsonNode.Parse(body.Span)!.AsObject();
        if ((string?)call["TableName"] is { } table) call["TableName"] = names[table];
        return operation switch
        {
            "PutItem" => [await WriteAsync(operation, call, KeyOf(call["Item"]!), cancellation)],
            "UpdateItem" or "DeleteItem" => [await WriteAsync(operation, call, call["Key"]!, cancellation)],
            "GetItem" => [await ReadAsync(TableOf(call), call["Key"]!, IsConsistent(call), cancellation)],
            "BatchGetItem" => await BatchAsync(call, cancellation),
            "Query" => [await QueryAsync(call, cancellation)],
            _ => throw new InvalidOperationException(
                $"No run is expected to call {operation}; teach the meter its units."),
        };
    }

    /// <summary>The larger of the item before and after; when a condition fails, the item that is there.</summary>
    private async Task<ItemUnits> WriteAsync(
        string operation, JsonObject call, JsonNode key, CancellationToken cancellation)
    {
        var table = TableOf(call);
        var before = await FindAsync(table, key, cancellation);
        await twins.CallAsync(operation, call, cancellation);
        var after = await FindAsync(table, key, cancellation);
        var size = Math.Max(SizeOf(before), SizeOf(after));
        var indexes = twins.Indexes[table].Select(index => (index.Name, Units: index.Units(before, after)))
            .Where(index => index.Units > 0).ToList();
        var units = new Units(0, WriteUnits(size), indexes.Sum(index => index.Units));
        var detail = string.Join(", ", indexes.Select(index => $"{index.Name} {index.Units}"));
        return new ItemUnits(TextOf(key, "pk"), TextOf(key, "sk"), size, units, detail);
    }

    private async Task<IReadOnlyList<ItemUnits>> BatchAsync(JsonObject call, CancellationToken cancellation)
    {
        var read = new List<ItemUnits>();
        foreach (var (table, options) in call["RequestItems"]!.AsObject())
        {
            foreach (var key in options!["Keys"]!.AsArray())
            {
                read.Add(await ReadAsync(names[table], key!, IsConsistent(options), cancellation));
            }
        }

        return read;
    }

    private async Task<ItemUnits> ReadAsync(
        string table, JsonNode key, bool consistent, CancellationToken cancellation)
    {
        var size = SizeOf(await FindAsync(table, key, cancellation));
        return new ItemUnits(TextOf(key, "pk"), TextOf(key, "sk"), size, ReadUnits(size, consistent));
    }

    /// <summary>
    /// All that the key condition finds, up to the limit, in one sum: what a filter leaves out is paid for too. Of an
    /// index, what it holds.
    /// </summary>
    private async Task<ItemUnits> QueryAsync(JsonObject call, CancellationToken cancellation)
    {
        var first = call["ExpressionAttributeValues"]!.AsObject()
            .Select(value => (string?)value.Value!["S"]).First(text => text is not null)!;
        var (table, name) = (TableOf(call), (string?)call["IndexName"]);
        var (answer, _) = await twins.CallAsync("Query", Unfiltered(call), cancellation);
        var index = twins.Indexes[table].SingleOrDefault(one => one.Name == name);
        var items = answer.GetProperty("Items").EnumerateArray();
        var size = items.Sum(item => index?.Bytes(item) ?? ItemSize.Of(item));
        var what = name is null ? "query" : $"index {name}";
        return new ItemUnits(first, what, size, ReadUnits(size, IsConsistent(call)));
    }

    private static JsonObject Unfiltered(JsonObject call)
    {
        var plain = call.DeepClone().AsObject();
        foreach (var part in OfFilters) plain.Remove(part);
        var condition = (string)plain["KeyConditionExpression"]!;
        foreach (var part in Placeholders)
        {
            if (plain[part] is not JsonObject given) continue;
            foreach (var (placeholder, _) in given.ToList())
            {
                if (!condition.Contains(placeholder, StringComparison.Ordinal)) given.Remove(placeholder);
            }

            if (given.Count == 0) plain.Remove(part);
        }

        return plain;
    }

    private async Task<JsonElement?> FindAsync(string table, JsonNode key, CancellationToken cancellation)
    {
        var get = new JsonObject { ["TableName"] = table, ["Key"] = key.DeepClone(), ["ConsistentRead"] = true };
        var (answer, _) = await twins.CallAsync("GetItem", get, cancellation);
        return answer.TryGetProperty("Item", out var item) ? item : null;
    }

    private static Units ReadUnits(int bytes, bool consistent) =>
        new(Math.Max(1, (bytes + 4_095) / 4_096) * (consistent ? 1 : 0.5), 0, 0);

    private static int SizeOf(JsonElement? item) => item is { } there ? ItemSize.Of(there) : 0;

    private static bool IsConsistent(JsonNode options) => (bool?)options["ConsistentRead"] ?? false;

    private static string TableOf(JsonObject call) => (string)call["TableName"]!;

    private static JsonObject KeyOf(JsonNode item) =>
        new() { ["pk"] = item["pk"]!.DeepClone(), ["sk"] = item["sk"]!.DeepClone() };

    private static string TextOf(JsonNode key, string name) => (string)key[name]!["S"]!;
}
