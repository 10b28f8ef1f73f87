namespace Lapstack.Wire;

/// <summary>
/// How a service speaks on the wire: where the operation's name is, and how results and errors are rendered.
/// </summary>
public enum Protocol
{
    /// <summary>POST / with <c>X-Amz-Target</c>; JSON; errors carry <c>__type</c>. SQS, DynamoDB, CloudWatch.</summary>
    AwsJson10,

    /// <summary>As <see cref="AwsJson10"/> with another content type. ECS, EventBridge, Logs.</summary>
    AwsJson11,

    /// <summary>Form fields <c>Action</c> and <c>Version</c>; XML. SNS, STS, IAM.</summary>
    Query,

    /// <summary>Method, path and headers; XML. S3.</summary>
    RestXml,

    /// <summary>Method, path and headers; JSON. Lambda.</summary>
    RestJson,
}
