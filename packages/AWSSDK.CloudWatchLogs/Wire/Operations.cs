using Amazon.Runtime.StandIn;

namespace Amazon.CloudWatchLogs.Model.Wire;

internal static class Operations
{
    // Before the operations: they take it when they are made.
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceNamespace = "Amazon.CloudWatchLogs",
        TargetPrefix = "Logs_20140328.",
        ContentType = "application/x-amz-json-1.1",
        ApiVersion = "2014-03-28",
        CreateException = Errors.Create,
    };

    public static readonly JsonOperation<DescribeLogStreamsRequest, DescribeLogStreamsResponse> DescribeLogStreams =
        new(Protocol, "DescribeLogStreams", Write.DescribeLogStreamsRequest, Read.DescribeLogStreamsResponse);

    public static readonly JsonOperation<GetLogEventsRequest, GetLogEventsResponse> GetLogEvents =
        new(Protocol, "GetLogEvents", Write.GetLogEventsRequest, Read.GetLogEventsResponse);
}
