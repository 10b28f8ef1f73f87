using Lapstack.Wire;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// CloudWatch on the wire: its JSON protocol, which the AWS CLI speaks. Alarms come from the template.
/// </summary>
internal sealed class CloudWatchService : JsonService
{
    public CloudWatchService(AlarmOperations alarms, MetricOperations metrics, MetricDataOperations data)
        : base("monitoring", "GraniteServiceVersion20100801", Protocol.AwsJson10)
    {
        Add("DescribeAlarms", alarms.DescribeAlarms);
        Add("DescribeAlarmHistory", alarms.DescribeAlarmHistory);
        Add("SetAlarmState", alarms.SetAlarmState);
        Add("GetMetricStatistics", metrics.GetMetricStatistics);
        Add("ListMetrics", metrics.ListMetrics);
        Add("GetMetricData", data.GetMetricData);
        Add("PutMetricData", data.PutMetricData);
    }
}
