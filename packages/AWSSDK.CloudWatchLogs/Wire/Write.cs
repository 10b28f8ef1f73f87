using System.Text.Json;
using Amazon.Runtime.StandIn;

namespace Amazon.CloudWatchLogs.Model.Wire;

/// <summary>Requests as AWS JSON 1.1; null members are left out.</summary>
internal static class Write
{
    public static void DescribeLogStreamsRequest(Utf8JsonWriter json, DescribeLogStreamsRequest it)
    {
        json.Member("descending", it.Descending);
        json.Member("limit", it.Limit);
        json.Member("logGroupName", it.LogGroupName);
        json.Member("logStreamNamePrefix", it.LogStreamNamePrefix);
        json.Member("nextToken", it.NextToken);
        json.Member("orderBy", it.OrderBy);
    }

    public static void GetLogEventsRequest(Utf8JsonWriter json, GetLogEventsRequest it)
    {
        json.Member("limit", it.Limit);
        json.Member("logGroupName", it.LogGroupName);
        json.Member("logStreamName", it.LogStreamName);
        json.Member("nextToken", it.NextToken);
        json.Member("startFromHead", it.StartFromHead);
    }
}
