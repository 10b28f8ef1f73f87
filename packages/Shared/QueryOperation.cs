using System.Net;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.Runtime.StandIn;

/// <summary>One operation of AWS's Query protocol, both ways: a form out, XML back.</summary>
internal sealed class QueryOperation<TRequest, TResponse>(
    ServiceProtocol protocol,
    string name,
    Action<QueryForm, TRequest> write,
    Func<XmlUnmarshallerContext, TResponse> read)
    : XmlResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    public InvokeOptions Options() => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, protocol.Namespace) { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["Content-Type"] = AWSSDKUtils.UrlEncodedContent;
        request.Parameters["Action"] = name;
        request.Parameters["Version"] = protocol.Version;
        write(new QueryForm(request.Parameters), (TRequest)input);
        request.ContentStream = AWSSDKUtils.WriteParametersToPooledStream(request);
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        TResponse response = null;
        var metadata = new ResponseMetadata();
        while (!context.IsStartElement && context.Read())
        {
            // What stands before the document's element, such as its declaration.
        }
        for (var depth = context.CurrentDepth; context.NextMember(depth, out var member);)
        {
            if (member == name + "Result") response = read(context);
            else if (member == nameof(ResponseMetadata)) metadata.RequestId = RequestId(context);
        }
        response ??= new TResponse();
        response.ResponseMetadata = metadata;
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext context, Exception inner, HttpStatusCode status)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        error.InnerException = inner;
        error.StatusCode = status;
        return protocol.CreateException(name, error.Code, error, default);
    }

    private static string RequestId(XmlUnmarshallerContext context)
    {
        string id = null;
        for (var depth = context.CurrentDepth; context.NextMember(depth, out var member);)
        {
            if (member == nameof(ResponseMetadata.RequestId)) id = context.Text();
        }
        return id;
    }
}
