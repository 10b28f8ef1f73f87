using System.Buffers;
using System.Net;
using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace Amazon.Runtime.StandIn;

internal delegate T JsonRead<out T>(ref Utf8JsonReader json);

/// <summary>One operation of AWS JSON 1.1, both ways: request to bytes, bytes to response or exception.</summary>
internal sealed class JsonOperation<TRequest, TResponse>(
    ServiceProtocol protocol, string name, Action<Utf8JsonWriter, TRequest> write, JsonRead<TResponse> read)
    : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    public InvokeOptions Options() => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, protocol.Namespace) { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["X-Amz-Target"] = $"{protocol.Target}.{name}";
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers[HeaderKeys.XAmzApiVersion] = protocol.Version;

        var content = new PooledContentStream();
        request.ContentStream = content;
        using var json = new Utf8JsonWriter((IBufferWriter<byte>)content.BufferWriter);
        json.WriteStartObject();
        write(json, (TRequest)input);
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
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("The response is no JSON object.");
            }

            var response = read(ref json);
            json.Read();    // throws when anything follows the object
            return response;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext context, Exception inner, HttpStatusCode status)
    {
        var json = new StreamingUtf8JsonReader(context.Stream, 4096, context.JsonMaxDepth);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref json);
        error.InnerException = inner;
        error.StatusCode = status;
        return protocol.CreateException(name, error.Code, error, context.GetResponseBodyBytes());
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
