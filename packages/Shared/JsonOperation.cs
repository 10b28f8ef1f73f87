using System.Buffers;
using System.Net;
using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace Amazon.Runtime.StandIn;

internal delegate T JsonRead<out T>(ref Utf8JsonReader json);

/// <summary>One operation of AWS's JSON protocols, both ways: request to bytes, bytes to response or exception.</summary>
internal sealed class JsonOperation<TRequest, TResponse> : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private readonly JsonProtocol _protocol;
    private readonly string _name;
    private readonly Action<Utf8JsonWriter, TRequest> _write;
    private readonly JsonRead<TResponse> _read;

    public JsonOperation(JsonProtocol protocol, string name, Action<Utf8JsonWriter, TRequest> write, JsonRead<TResponse> read)
    {
        _protocol = protocol;
        _name = name;
        _write = write;
        _read = read;
    }

    public InvokeOptions Options() => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, _protocol.ServiceNamespace) { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["X-Amz-Target"] = _protocol.TargetPrefix + _name;
        request.Headers["Content-Type"] = _protocol.ContentType;
        request.Headers[HeaderKeys.XAmzApiVersion] = _protocol.ApiVersion;

        var content = new PooledContentStream();
        request.ContentStream = content;
        using var json = new Utf8JsonWriter((IBufferWriter<byte>)content.BufferWriter);
        json.WriteStartObject();
        _write(json, (TRequest)input);
        json.WriteEndObject();
        json.Flush();
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            var length = ReadToEnd(context.Stream, ref buffer);
            if (length == 0) return new TResponse();
            var json = new Utf8JsonReader(buffer.AsSpan(0, length));
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new JsonException("The response is no JSON object.");
            var response = _read(ref json);
            json.Read();    // throws when anything follows the object
            return response;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext context, Exception inner, HttpStatusCode status)
    {
        var json = new StreamingUtf8JsonReader(context.Stream, 4096, context.JsonMaxDepth);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref json);
        error.InnerException = inner;
        error.StatusCode = status;
        return _protocol.CreateException(_name, error.Code, error, context.GetResponseBodyBytes());
    }

    private static int ReadToEnd(Stream stream, ref byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(length * 2);
                buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
            var read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0) return length;
            length += read;
        }
    }
}
