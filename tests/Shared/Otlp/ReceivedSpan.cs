namespace Jobs.Tests.Otlp;

/// <summary>A span as a collector reads it.</summary>
/// <param name="Resource">Attributes of what sent it.</param>
internal sealed record ReceivedSpan(
    string Name, string Trace, string Span, string Parent, ulong Kind, DateTimeOffset Start, DateTimeOffset End,
    IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Events, IReadOnlyList<string> Links,
    string? Error, IReadOnlyDictionary<string, string> Resource)
{
    private const ulong StatusError = 2;

    /// <summary>All spans of an ExportTraceServiceRequest.</summary>
    public static IEnumerable<ReceivedSpan> Read(ReadOnlyMemory<byte> request) =>
        from resourceSpans in new ProtoReader(request).Messages(1)
        let resource = resourceSpans.Messages(1).Select(one => AttributesOf(one, 1)).First()
        from scope in resourceSpans.Messages(2)
        from span in scope.Messages(2)
        select Read(span, resource);

    private static ReceivedSpan Read(ProtoReader span, IReadOnlyDictionary<string, string> resource) => new(
        span.Text(5)!, span.Hex(1), span.Hex(2), span.Hex(4), span.Number(6), At(span.Number(7)), At(span.Number(8)),
        AttributesOf(span, 9),
        [.. span.Messages(11).Select(Event)],
        [.. span.Messages(13).Select(one => $"{one.Hex(1)}-{one.Hex(2)}")],
        span.Messages(15).Where(one => one.Number(3) == StatusError).Select(one => one.Text(2) ?? "").FirstOrDefault(),
        resource);

    /// <summary>Its name, and its attributes behind it.</summary>
    private static string Event(ProtoReader one) =>
        string.Join(' ', [one.Text(2), .. AttributesOf(one, 3).Select(pair => $"{pair.Key}={pair.Value}")]);

    private static Dictionary<string, string> AttributesOf(ProtoReader of, int field) => of.Messages(field)
        .ToDictionary(pair => pair.Text(1)!, pair => Value(pair.Messages(2).Single()));

    private static string Value(ProtoReader any) =>
        any.Has(1) ? any.Text(1)!
        : any.Has(2) ? (any.Number(2) == 1 ? "true" : "false")
        : any.Has(3) ? ((long)any.Number(3)).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : any.Has(4) ? BitConverter.UInt64BitsToDouble(any.Number(4))
            .ToString(System.Globalization.CultureInfo.InvariantCulture)
        : string.Join(' ', any.Messages(5).SelectMany(list => list.Messages(1)).Select(one => one.Text(1)));

    private static DateTimeOffset At(ulong nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / 100));
}
