using System.IO.Compression;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Jobs.Aws;

/// <summary>
/// The long texts of an attempt, which only people read, packed into one binary attribute (Brotli of JSON): so an item of
/// a failure takes one write unit, where its texts alone would take three.
/// </summary>
/// <param name="Stack">Stack trace of the error; null when there is none.</param>
/// <param name="Log">The log's last lines, oldest first.</param>
/// <param name="Ecs">What ECS said of the stopped task, as JSON; null when it said nothing.</param>
internal sealed record LongTexts(string? Stack, IReadOnlyList<string> Log, string? Ecs = null)
{
    /// <summary>Name of the attribute.</summary>
    public const string Attribute = "packed";

    /// <summary>Bytes that are unpacked at most: an item has 400 KB, and a job's own role may write what it likes.</summary>
    private const int MaxBytes = 1_000_000;

    public static LongTexts None { get; } = new(null, []);

    /// <summary>Null when there is nothing to pack.</summary>
    public AttributeValue? Pack()
    {
        if (this is { Stack: null, Log.Count: 0, Ecs: null }) return null;
        var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var json = new Utf8JsonWriter(brotli))
        {
            Write(json);
        }

        packed.Position = 0;
        return new AttributeValue { B = packed };
    }

    /// <summary>What is not as <see cref="Pack"/> writes it is absent.</summary>
    public static LongTexts Read(IReadOnlyDictionary<string, AttributeValue> item)
    {
        if (item.GetValueOrDefault(Attribute)?.B is not { } packed) return None;
        try
        {
            packed.Position = 0;
            using var json = JsonDocument.Parse(Unpack(packed));
            var root = json.RootElement;
            return new LongTexts(Text(root, "stack"), Lines(root), Text(root, "ecs"));
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException or InvalidOperationException)
        {
            return None;
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Stack is not null) json.WriteString("stack", Stack);
        if (Ecs is not null) json.WriteString("ecs", Ecs);
        json.WriteStartArray("log");
        foreach (var line in Log) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Every record with a log is unpacked: the buffer grows with the text, which is nearly always a few kilobytes.
    private static ReadOnlyMemory<byte> Unpack(MemoryStream packed)
    {
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress, leaveOpen: true);
        var unpacked = new MemoryStream();
        Span<byte> part = stackalloc byte[4_096];
        while (brotli.Read(part) is > 0 and var count)
        {
            unpacked.Write(part[..count]);
            if (unpacked.Length >= MaxBytes) throw new InvalidDataException("It is longer than anything that is written.");
        }

        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IReadOnlyList<string> Lines(JsonElement root) =>
        root.TryGetProperty("log", out var log) && log.ValueKind == JsonValueKind.Array
            ? [.. log.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.String).Select(line => line.GetString()!)]
            : [];
}
