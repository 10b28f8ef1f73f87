using System.Text.Json;
using Amazon.Runtime.StandIn;

namespace Amazon.CloudWatchLogs.Model.Wire;

/// <summary>Responses from AWS JSON 1.1; unknown members are skipped.</summary>
internal static class Read
{
    public static DescribeLogStreamsResponse DescribeLogStreamsResponse(ref Utf8JsonReader json)
    {
        var response = new DescribeLogStreamsResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "logStreams": response.LogStreams = json.List(LogStream); break;
                case "nextToken": response.NextToken = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    public static GetLogEventsResponse GetLogEventsResponse(ref Utf8JsonReader json)
    {
        var response = new GetLogEventsResponse();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "events": response.Events = json.List(OutputLogEvent); break;
                case "nextBackwardToken": response.NextBackwardToken = json.GetString(); break;
                case "nextForwardToken": response.NextForwardToken = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return response;
    }

    private static LogStream LogStream(ref Utf8JsonReader json)
    {
        var stream = new LogStream();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "creationTime": stream.CreationTime = Milliseconds(ref json); break;
                case "firstEventTimestamp": stream.FirstEventTimestamp = Milliseconds(ref json); break;
                case "lastEventTimestamp": stream.LastEventTimestamp = Milliseconds(ref json); break;
                case "lastIngestionTime": stream.LastIngestionTime = Milliseconds(ref json); break;
                case "logStreamName": stream.LogStreamName = json.GetString(); break;
                default: json.Skip(); break;
            }
        }
        return stream;
    }

    private static OutputLogEvent OutputLogEvent(ref Utf8JsonReader json)
    {
        var output = new OutputLogEvent();
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "ingestionTime": output.IngestionTime = Milliseconds(ref json); break;
                case "message": output.Message = json.GetString(); break;
                case "timestamp": output.Timestamp = Milliseconds(ref json); break;
                default: json.Skip(); break;
            }
        }
        return output;
    }

    /// <summary>Unlike elsewhere in AWS, times of this service are milliseconds since the epoch.</summary>
    private static DateTime? Milliseconds(ref Utf8JsonReader json) =>
        json.Long() is { } milliseconds ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : null;
}
