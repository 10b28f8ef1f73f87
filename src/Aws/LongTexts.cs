using System.IO.Compression;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Jobs.Aws;

/// <summary>
/// The texts of an attempt that only people read, packed into one binary attribute (Brotli of JSON): so an item of a
/// failure takes one write unit, where its texts alone would take three. They repeat each other, so the short ones
/// among them cost nearly nothing.
/// </summary>
internal sealed record LongTexts
{
    /// <summary>Name of the attribute.</summary>
    public const string Attribute = "packed";

    /// <summary>
    /// Bytes that are unpacked at most: an item has 400 KB, and a job's own role may write what it likes.
    /// </summary>
    private const int MaxBytes = 1_000_000;

    public static LongTexts None { get; } = new();

    /// <summary>Stack trace of the error; null when there is none.</summary>
    public string? Stack { get; init; }

    /// <summary>The log's last lines, oldest first.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>What ECS said of the stopped task, as JSON; null when it said nothing.</summary>
    public string? Ecs { get; init; }

    /// <summary>The ARN of the task; null when it is not packed, or not known.</summary>
    public string? Task { get; init; }

    /// <summary>Message of the error; null when it is not packed, or there is none.</summary>
    public string? Message { get; init; }

    /// <summary>The verdict's sentence; null when there is no verdict.</summary>
    public string? Sentence { get; init; }

    /// <summary>The verdict's next step; null when there is no verdict.</summary>
    public string? NextStep { get; init; }

    /// <summary>Null when there is nothing to pack.</summary>
    public AttributeValue? Pack()
    {
        if (Log.Count == 0 && Named.All(text => text.Value is null)) return null;
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
            return Read(json.RootElement);
        }
        catch (Exception e) when (
            e is JsonException or InvalidDataException or IOException or InvalidOperationException)
        {
            return None;
        }
    }

    private IEnumerable<(string Name, string? Value)> Named =>
    [
        ("stack", Stack), ("ecs", Ecs), ("task", Task), ("message", Message), (
            "sentence", Sentence), ("nextStep", NextStep),
    ];

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (name, text) in Named)
        {
            if (text is not null) json.WriteString(name, text);
        }

        json.WriteStartArray("log");
        foreach (var line in Log) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static LongTexts Read(JsonElement root) => new()
    {
        Stack = Text(root, "stack"),
        Ecs = Text(root, "ecs"),
        Task = Text(root, "task"),
        Message = Text(root, "message"),
        Sentence = Text(root, "sentence"),
        NextStep = Text(root, "nextStep"),
        Log = Lines(root),
    };

    // Every record with a log is unpacked: the buffer grows with the text, which is nearly always a few kilobytes.
    private static ReadOnlyMemory<byte> Unpack(MemoryStream packed)
    {
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress, leaveOpen: true);
        var unpacked = new MemoryStream();
        Span<byte> part = stackalloc byte[4_096];
        while (brotli.Read(part) is > 0 and var count)
        {
            unpacked.Write(part[..count]);
            if (unpacked.Length >= MaxBytes)
            {
                throw new InvalidDataException("It is longer than anything that is written.");
            }
        }

        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IReadOnlyList<string> Lines(JsonElement root) =>
        root.TryGetProperty("log", out var log) && log.ValueKind == JsonValueKind.Array
            ? [.. log.EnumerateArray()
                .Where(line => line.ValueKind == JsonValueKind.String)
                .Select(line => line.GetString()!)]
            : [];
}
