using System.Diagnostics;
using Amazon.Lambda.SQSEvents;
using Jobs.Core.Tracing;

namespace Jobs.Functions;

/// <summary>Trace contexts that come with a message.</summary>
internal static class MessageContexts
{
    /// <summary>
    /// Where Lambda says which trace of X-Ray an invocation is in.
    /// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    /// </summary>
    private const string InvocationHeader = "_X_AMZN_TRACE_ID";

    /// <summary>W3C's context as the sender wrote it, else the one that AWS passes on; null for none.</summary>
    public static ActivityContext? OfSender(SQSEvent.SQSMessage message) =>
        TraceText.Parse(message.MessageAttributes?.GetValueOrDefault(TraceText.TraceParent)?.StringValue)
        ?? TraceText.ParseAws(message.Attributes?.GetValueOrDefault(TraceText.AwsHeader));

    /// <summary>Null where X-Ray does not record the invocation.</summary>
    public static ActivityContext? OfInvocation() =>
        TraceText.ParseAws(Environment.GetEnvironmentVariable(InvocationHeader));
}
