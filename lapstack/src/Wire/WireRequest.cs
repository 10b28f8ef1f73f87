using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Lapstack.Wire;

/// <summary>One authenticated request, whatever its protocol.</summary>
public sealed class WireRequest
{
    internal const int MaxBufferedBody = 16 * 1024 * 1024;
    private static readonly Dictionary<string, string> NoTrailers = [];
    private byte[]? _bytes;

    /// <summary>AWS's id of this request, in every response.</summary>
    public required string RequestId { get; init; }

    public required Caller Caller { get; init; }

    public required string Method { get; init; }

    /// <summary>The path as sent, still percent-encoded, without the query: <c>/bucket/a%20b</c>.</summary>
    public required string RawPath { get; init; }

    /// <summary>The query's parameters, decoded.</summary>
    public required IQueryCollection Query { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    /// <summary>The host the client named, with its port.</summary>
    public required string Host { get; init; }

    public string SourceIp { get; init; } = "127.0.0.1";

    /// <summary>
    /// The payload with any aws-chunked framing removed. Read it at most once; JSON and form bodies are easier through
    /// <see cref="ReadJsonAsync"/> and <see cref="ReadFormAsync"/>.
    /// </summary>
    public required Stream Body { get; init; }

    /// <summary>
    /// The headers behind an aws-chunked body, such as x-amz-checksum-crc32; complete only when <see cref="Body"/> has
    /// been read to its end.
    /// </summary>
    public IReadOnlyDictionary<string, string> Trailers =>
        Body is AwsChunkedStream chunked ? chunked.Trailers : NoTrailers;

    /// <summary>The header's value, null when absent.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>The query parameter's value (empty for <c>?uploads</c>), null when absent.</summary>
    public string? Parameter(string name) => Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>This request by the caller that authentication found.</summary>
    internal WireRequest By(Caller caller) => new()
    {
        RequestId = RequestId,
        Caller = caller,
        Method = Method,
        RawPath = RawPath,
        Query = Query,
        Headers = Headers,
        Host = Host,
        SourceIp = SourceIp,
        Body = Body,
        _bytes = _bytes,
    };

    /// <summary>The body as far as it was read whole; empty before, and for one that is read as a stream.</summary>
    internal ReadOnlyMemory<byte> Buffered => _bytes;

    /// <summary>The whole body, at most 16 MiB; the same bytes when asked again.</summary>
    public async Task<byte[]> ReadBytesAsync(CancellationToken cancellation)
    {
        if (_bytes is not null) return _bytes;
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > MaxBufferedBody)
                throw new ServiceError(
                    "RequestEntityTooLarge", $"The request's body exceeds {MaxBufferedBody} bytes.", 413);
            buffer.Write(chunk, 0, read);
        }

        return _bytes = buffer.ToArray();
    }

    /// <summary>The body as a JSON object; an empty body is an empty object.</summary>
    /// <exception cref="ServiceError">SerializationException, when it is anything else.</exception>
    public async Task<JsonObject> ReadJsonAsync(CancellationToken cancellation)
    {
        var bytes = await ReadBytesAsync(cancellation);
        if (bytes.Length == 0) return [];
        return ForeignJson.Object(bytes)
            ?? throw new ServiceError("SerializationException", "The request's body is not a JSON object.");
    }

    /// <summary>
    /// The fields of a form body together with those of the query, as the Query protocol allows both.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadFormAsync(CancellationToken cancellation)
    {
        var bytes = await ReadBytesAsync(cancellation);
        Dictionary<string, StringValues> fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(bytes));
        foreach (var (name, value) in Query) fields.TryAdd(name, value);
        return fields.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
    }
}
