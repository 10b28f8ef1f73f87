using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.CloudWatch;

/// <summary>A change of an alarm's state, as EventBridge and functions are told of it.</summary>
internal sealed record AlarmChange(Alarm Alarm, AlarmStatus Before, AlarmStatus After)
{
    /// <summary>
    /// Of the event. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
    /// </summary>
    public JsonObject Detail() => new()
    {
        ["alarmName"] = Alarm.Name,
        ["configuration"] = Configuration(),
        ["previousState"] = State(Before),
        ["state"] = State(After),
    };

    /// <summary>
    /// What a function gets.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
    /// </summary>
    public JsonObject Invocation(Account account) => new()
    {
        ["source"] = "aws.cloudwatch",
        ["alarmArn"] = Alarm.Arn,
        ["accountId"] = account.Id,
        ["time"] = Time(After.Since),
        ["region"] = account.Region,
        ["alarmData"] = Detail(),
    };

    private JsonObject Configuration()
    {
        var configuration = new JsonObject
        {
            ["metrics"] = new JsonArray(new JsonObject
            {
                ["id"] = "m1",
                ["metricStat"] = new JsonObject
                {
                    ["metric"] = new JsonObject
                    {
                        ["namespace"] = Alarm.Metric!.Name.Namespace,
                        ["name"] = Alarm.Metric.Name.Name,
                        ["dimensions"] = new JsonObject(
                            Alarm.Metric.Name.Dimensions.Select(d => KeyValuePair.Create(d.Name, (JsonNode?)d.Value))),
                    },
                    ["period"] = (int)Alarm.Period.TotalSeconds,
                    ["stat"] = Alarm.Metric.Statistic,
                },
                ["returnData"] = true,
            }),
        };
        if (Alarm.Description is { } description) configuration["description"] = description;
        return configuration;
    }

    private static JsonObject State(AlarmStatus status) =>
        new() { ["value"] = status.State.ToString(), ["reason"] = status.Reason, ["timestamp"] = Time(status.Since) };

    // Without a colon in the offset: CloudWatch's own form.
    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
}
