using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.CloudFormation.Model.Wire;

/// <summary>DescribeStacks in AWS's Query protocol: a form out, XML back.</summary>
internal sealed class DescribeStacksOperation : XmlResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
{
    private const string Member = "DescribeStacksResult/Stacks/member";

    public InvokeOptions Options() => new() { RequestMarshaller = this, ResponseUnmarshaller = this };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var describe = (DescribeStacksRequest)input;
        var request = new DefaultRequest(input, "Amazon.CloudFormation") { HttpMethod = "POST", ResourcePath = "/" };
        request.Headers["Content-Type"] = AWSSDKUtils.UrlEncodedContent;
        request.Parameters["Action"] = "DescribeStacks";
        request.Parameters["Version"] = "2010-05-15";
        if (describe.NextToken is not null) request.Parameters["NextToken"] = describe.NextToken;
        if (describe.StackName is not null) request.Parameters["StackName"] = describe.StackName;
        request.ContentStream = AWSSDKUtils.WriteParametersToPooledStream(request);
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var response = new DescribeStacksResponse { ResponseMetadata = new ResponseMetadata() };
        while (context.Read())
        {
            if (!context.IsStartElement) continue;
            if (context.TestExpression("DescribeStacksResult/NextToken")) response.NextToken = Text(context);
            else if (context.TestExpression(Member)) (response.Stacks ??= []).Add(new Stack());
            else if (context.TestExpression("ResponseMetadata/RequestId")) response.ResponseMetadata.RequestId = Text(context);
            else if (response.Stacks is { Count: > 0 } stacks) ReadInto(stacks[^1], context);
        }
        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext context, Exception inner, HttpStatusCode status)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        return new AmazonCloudFormationException(error.Message, inner, error.Type, error.Code, error.RequestId, status);
    }

    /// <summary>A member of a stack, or of its last output; what is not known is passed over.</summary>
    private static void ReadInto(Stack stack, XmlUnmarshallerContext context)
    {
        if (Is("StackName")) stack.StackName = Text(context);
        else if (Is("StackId")) stack.StackId = Text(context);
        else if (Is("StackStatus")) stack.StackStatus = Text(context);
        else if (Is("StackStatusReason")) stack.StackStatusReason = Text(context);
        else if (Is("Description")) stack.Description = Text(context);
        else if (Is("CreationTime")) stack.CreationTime = Time(context);
        else if (Is("LastUpdatedTime")) stack.LastUpdatedTime = Time(context);
        else if (Is("Outputs/member")) (stack.Outputs ??= []).Add(new Output());
        else if (stack.Outputs is { Count: > 0 } outputs) ReadInto(outputs[^1], context);

        bool Is(string name) => context.TestExpression($"{Member}/{name}");
    }

    private static void ReadInto(Output output, XmlUnmarshallerContext context)
    {
        if (Is("OutputKey")) output.OutputKey = Text(context);
        else if (Is("OutputValue")) output.OutputValue = Text(context);
        else if (Is("Description")) output.Description = Text(context);
        else if (Is("ExportName")) output.ExportName = Text(context);

        bool Is(string name) => context.TestExpression($"{Member}/Outputs/member/{name}");
    }

    private static string Text(XmlUnmarshallerContext context) => StringUnmarshaller.GetInstance().Unmarshall(context);

    private static DateTime? Time(XmlUnmarshallerContext context) => NullableDateTimeUnmarshaller.Instance.Unmarshall(context);
}
