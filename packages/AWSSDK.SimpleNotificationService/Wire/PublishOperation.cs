using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.SimpleNotificationService.Model.Wire;

/// <summary>Publish in AWS's Query protocol: a form out, XML back.</summary>
internal sealed class PublishOperation : XmlResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public InvokeOptions Options() => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var publish = (PublishRequest)input;
        var request = new DefaultRequest(input, "Amazon.SimpleNotificationService") { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["Content-Type"] = AWSSDKUtils.UrlEncodedContent;
        var form = request.Parameters;
        form["Action"] = "Publish";
        form["Version"] = "2010-03-31";
        Set(form, "Message", publish.Message);
        SetAttributes(form, publish.MessageAttributes);
        Set(form, "MessageDeduplicationId", publish.MessageDeduplicationId);
        Set(form, "MessageGroupId", publish.MessageGroupId);
        Set(form, "MessageStructure", publish.MessageStructure);
        Set(form, "PhoneNumber", publish.PhoneNumber);
        Set(form, "Subject", publish.Subject);
        Set(form, "TargetArn", publish.TargetArn);
        Set(form, "TopicArn", publish.TopicArn);
        request.ContentStream = AWSSDKUtils.WriteParametersToPooledStream(request);
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var response = new PublishResponse { ResponseMetadata = new ResponseMetadata() };
        while (context.Read())
        {
            if (!context.IsStartElement) continue;
            if (context.TestExpression("PublishResult/MessageId")) response.MessageId = Text(context);
            else if (context.TestExpression("PublishResult/SequenceNumber")) response.SequenceNumber = Text(context);
            else if (context.TestExpression("ResponseMetadata/RequestId")) response.ResponseMetadata.RequestId = Text(context);
        }
        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext context, Exception inner, HttpStatusCode status)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        error.InnerException = inner;
        error.StatusCode = status;
        return Errors.Create(error);
    }

    private static string Text(XmlUnmarshallerContext context) => StringUnmarshaller.GetInstance().Unmarshall(context);

    private static void Set(IDictionary<string, string> form, string key, string value)
    {
        if (value is not null) form[key] = value;
    }

    private static void SetAttributes(IDictionary<string, string> form, Dictionary<string, MessageAttributeValue> attributes)
    {
        if (attributes is null) return;
        var n = 0;
        foreach (var (name, value) in attributes)
        {
            var entry = $"MessageAttributes.entry.{++n}";
            form[$"{entry}.Name"] = name;
            Set(form, $"{entry}.Value.DataType", value.DataType);
            Set(form, $"{entry}.Value.StringValue", value.StringValue);
            if (value.BinaryValue is { } bytes) form[$"{entry}.Value.BinaryValue"] = Convert.ToBase64String(bytes.ToArray());
        }
    }
}
