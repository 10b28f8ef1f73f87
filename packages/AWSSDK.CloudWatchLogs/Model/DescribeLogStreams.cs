using Amazon.Runtime;

namespace Amazon.CloudWatchLogs.Model;

public class DescribeLogStreamsRequest : AmazonCloudWatchLogsRequest
{
    public bool? Descending { get; set; }

    public int? Limit { get; set; }

    public string LogGroupName { get; set; }

    public string LogStreamNamePrefix { get; set; }

    public string NextToken { get; set; }

    public OrderBy OrderBy { get; set; }
}

public class DescribeLogStreamsResponse : AmazonWebServiceResponse
{
    public List<LogStream> LogStreams { get; set; }

    public string NextToken { get; set; }
}

public class LogStream
{
    public DateTime? CreationTime { get; set; }

    public DateTime? FirstEventTimestamp { get; set; }

    public DateTime? LastEventTimestamp { get; set; }

    public DateTime? LastIngestionTime { get; set; }

    public string LogStreamName { get; set; }
}
