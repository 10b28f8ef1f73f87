using Amazon.Runtime;

namespace Amazon.CloudWatchLogs.Model;

public class GetLogEventsRequest : AmazonCloudWatchLogsRequest
{
    public GetLogEventsRequest()
    {
    }

    public GetLogEventsRequest(string logGroupName, string logStreamName)
    {
        LogGroupName = logGroupName;
        LogStreamName = logStreamName;
    }

    public int? Limit { get; set; }

    public string LogGroupName { get; set; }

    public string LogStreamName { get; set; }

    public string NextToken { get; set; }

    public bool? StartFromHead { get; set; }
}

public class GetLogEventsResponse : AmazonWebServiceResponse
{
    public List<OutputLogEvent> Events { get; set; }

    public string NextBackwardToken { get; set; }

    public string NextForwardToken { get; set; }
}

public class OutputLogEvent
{
    public DateTime? IngestionTime { get; set; }

    public string Message { get; set; }

    public DateTime? Timestamp { get; set; }
}
