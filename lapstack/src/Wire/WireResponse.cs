using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Lapstack.Wire;

/// <summary>What goes back to the client. Wire adds the request id.</summary>
public sealed class WireResponse
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// As AWS writes: a character that XML 1.0 cannot hold is a reference all the same, which most readers refuse.
    /// </summary>
    private static readonly XmlWriterSettings Writing = new()
    {
        OmitXmlDeclaration = true,
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.Entitize,
        NamespaceHandling = NamespaceHandling.OmitDuplicates,
    };

    public int Status { get; init; } = 200;

    /// <summary>Null when there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body's length, null when not known in advance.</summary>
    public long? ContentLength { get; init; }

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the body; null for none.</summary>
    public Func<Stream, CancellationToken, Task>? Body { get; init; }

    public static WireResponse Empty(int status = 200) => new() { Status = status, ContentLength = 0 };

    public static WireResponse Bytes(ReadOnlyMemory<byte> bytes, string contentType, int status = 200) => new()
    {
        Status = status,
        ContentType = contentType,
        ContentLength = bytes.Length,
        Body = (stream, cancellation) => stream.WriteAsync(bytes, cancellation).AsTask(),
    };

    /// <param name="contentType">The protocol's own when null is not given by the caller:
    /// <c>application/x-amz-json-1.1</c> or <c>application/json</c>.</param>
    public static WireResponse Json(JsonNode json, string contentType, int status = 200) =>
        Bytes(Utf8.GetBytes(json.ToJsonString()), contentType, status);

    public static WireResponse Xml(XElement root, int status = 200)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (var writer = XmlWriter.Create(text, Writing)) root.WriteTo(writer);
        return Bytes(Utf8.GetBytes(text.ToString()), "application/xml", status);
    }
}
