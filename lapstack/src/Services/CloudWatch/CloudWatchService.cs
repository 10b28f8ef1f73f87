using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.CloudWatch;

/// <summary>CloudWatch on the wire: its JSON protocol, which the AWS CLI speaks. Alarms come from the template.</summary>
internal sealed class CloudWatchService : JsonService
{
    private readonly AlarmStore _alarms;

    public CloudWatchService(AlarmStore alarms, MetricOperations metrics)
        : base("monitoring", "GraniteServiceVersion20100801", Protocol.AwsJson10)
    {
        _alarms = alarms;
        Add("DescribeAlarms", ReadDescribeAlarms);
        Add("GetMetricStatistics", metrics.GetMetricStatistics);
        Add("ListMetrics", metrics.ListMetrics);
    }

    private Operation ReadDescribeAlarms(JsonCall call)
    {
        var names = call.Input.Texts("AlarmNames");
        var prefix = call.Input.Text("AlarmNamePrefix") ?? "";
        var state = call.Input.Text("StateValue");
        return call.Answer(new AccessRequest("cloudwatch:DescribeAlarms", "*"), () => new JsonObject
        {
            ["CompositeAlarms"] = new JsonArray(),
            ["MetricAlarms"] = new JsonArray([.. _alarms.All
                .Where(alarm => names is null or { Count: 0 } || names.Contains(alarm.Name))
                .Where(alarm => alarm.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(alarm => (Alarm: alarm, Status: _alarms.StatusOf(alarm)))
                .Where(pair => state is null || pair.Status.State.ToString() == state)
                .Select(pair => Render(pair.Alarm, pair.Status))]),
        });
    }

    private static JsonObject Render(Alarm alarm, AlarmStatus status)
    {
        var rendered = new JsonObject
        {
            ["AlarmName"] = alarm.Name,
            ["AlarmArn"] = alarm.Arn,
            ["ActionsEnabled"] = alarm.ActionsEnabled,
            ["OKActions"] = Arns(alarm, AlarmState.OK),
            ["AlarmActions"] = Arns(alarm, AlarmState.ALARM),
            ["InsufficientDataActions"] = Arns(alarm, AlarmState.INSUFFICIENT_DATA),
            ["StateValue"] = status.State.ToString(),
            ["StateReason"] = status.Reason,
            ["StateUpdatedTimestamp"] = status.Since.ToUnixTimeMilliseconds() / 1000.0,
            ["Period"] = (int)alarm.Period.TotalSeconds,
            ["EvaluationPeriods"] = alarm.EvaluationPeriods,
            ["DatapointsToAlarm"] = alarm.DatapointsToAlarm,
            ["Threshold"] = alarm.Threshold,
            ["ComparisonOperator"] = alarm.Comparison,
            ["TreatMissingData"] = alarm.MissingData,
        };
        if (alarm.Description is { } description) rendered["AlarmDescription"] = description;
        if (alarm.Metric is not { } metric) return rendered;
        rendered["Namespace"] = metric.Name.Namespace;
        rendered["MetricName"] = metric.Name.Name;
        rendered["Statistic"] = metric.Statistic;
        rendered["Dimensions"] = MetricOperations.Dimensions(metric.Name);
        return rendered;
    }

    private static JsonArray Arns(Alarm alarm, AlarmState state) => [.. alarm.Actions[state].Select(arn => JsonValue.Create(arn))];
}
