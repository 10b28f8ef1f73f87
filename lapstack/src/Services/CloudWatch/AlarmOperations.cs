using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.CloudWatch;

/// <summary>CloudWatch on the wire: looking at alarms, and setting one to try what it does.</summary>
internal sealed class AlarmOperations(
    AlarmStore alarms, AlarmTransitions transitions, AlarmHistory history, TimeProvider clock)
{
    private const int LargestPage = 100;

    public Operation DescribeAlarms(JsonCall call)
    {
        if (call.Input.Text("ActionPrefix") is not null)
        {
            throw ServiceError.Unsupported("monitoring", "DescribeAlarms by ActionPrefix");
        }

        var (names, types) = (call.Input.Texts("AlarmNames"), call.Input.Texts("AlarmTypes"));
        var prefix = call.Input.Text("AlarmNamePrefix") ?? "";
        var state = call.Input.Text("StateValue");
        return call.Answer(new AccessRequest("cloudwatch:DescribeAlarms", "*"), () =>
        {
            var found = alarms.All
                .Where(alarm => names is null or { Count: 0 } || names.Contains(alarm.Name))
                .Where(_ => types is null or { Count: 0 } || types.Contains("MetricAlarm"))
                .Where(alarm => alarm.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(alarm => (Alarm: alarm, Status: alarms.StatusOf(alarm)))
                .Where(pair => state is null || pair.Status.State.ToString() == state);
            var page = Page(call.Input, "MetricAlarms", found, pair => Render(pair.Alarm, pair.Status));
            page["CompositeAlarms"] = new JsonArray();
            return page;
        });
    }

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html</summary>
    public Operation SetAlarmState(JsonCall call)
    {
        var name = Required(call.Input, "AlarmName");
        var reason = Required(call.Input, "StateReason");
        if (!Enum.TryParse<AlarmState>(Required(call.Input, "StateValue"), out var state))
            throw new ServiceError("ValidationError", "StateValue must be OK, ALARM or INSUFFICIENT_DATA.");
        CheckJson(call.Input.Text("StateReasonData"));
        var alarm = alarms.All.FirstOrDefault(known => known.Name == name)
            ?? throw new ServiceError("ResourceNotFound", $"Unknown alarm: {name}", 404);
        return call.Answer([new AccessRequest("cloudwatch:SetAlarmState", alarm.Arn)], async cancellation =>
        {
            if (alarm.Metric is null)
            {
                throw ServiceError.Unsupported(
                    "monitoring", $"SetAlarmState of {name}, which watches no single metric,");
            }

            await transitions.ChangeAsync(
                alarm, _ => new AlarmStatus(state, reason, clock.GetUtcNow()), newest: null, cancellation);
            return [];
        });
    }

    public Operation DescribeAlarmHistory(JsonCall call)
    {
        var (name, type) = (call.Input.Text("AlarmName"), call.Input.Text("HistoryItemType"));
        var types = call.Input.Texts("AlarmTypes");
        var from = call.Input["StartDate"] is null
            ? DateTimeOffset.MinValue
            : MetricOperations.Time(call.Input, "StartDate");
        var until = call.Input["EndDate"] is null
            ? DateTimeOffset.MaxValue
            : MetricOperations.Time(call.Input, "EndDate");
        return call.Answer(new AccessRequest("cloudwatch:DescribeAlarmHistory", "*"), () =>
        {
            var items = alarms.All.Where(
                alarm =>
                    (name ?? alarm.Name) == alarm.Name
                        && (types is null or { Count: 0 } || types.Contains("MetricAlarm")))
                .SelectMany(history.Of)
                .Where(item => (type ?? item.Type) == item.Type && item.At >= from && item.At <= until)
                .OrderByDescending(item => item.At);
            return Page(
                call.Input,
                "AlarmHistoryItems",
                call.Input.Text("ScanBy") == "TimestampAscending" ? items.Reverse() : items,
                Render);
        });
    }

    private static JsonObject Page<T>(JsonObject input, string member, IEnumerable<T> items, Func<T, JsonNode> render)
    {
        var size = input.Number("MaxRecords") ?? LargestPage;
        if (size is < 1 or > LargestPage)
        {
            throw new ServiceError("ValidationError", $"MaxRecords must be 1 to {LargestPage}, and is {size}.");
        }

        return JsonPage.Of(
            member,
            items,
            render,
            size,
            input.Text("NextToken"),
            new ServiceError("InvalidNextToken", "NextToken is not valid."),
            next: "NextToken");
    }

    private static JsonObject Render(AlarmHistoryItem item) => new()
    {
        ["AlarmName"] = item.AlarmName,
        ["AlarmType"] = "MetricAlarm",
        ["Timestamp"] = EpochTime.Seconds(item.At),
        ["HistoryItemType"] = item.Type,
        ["HistorySummary"] = item.Summary,
        ["HistoryData"] = item.Data,
    };

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
            ["StateUpdatedTimestamp"] = EpochTime.Seconds(status.Since),
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

    private static JsonArray Arns(Alarm alarm, AlarmState state) =>
        [.. alarm.Actions[state].Select(arn => JsonValue.Create(arn))];

    /// <summary>It is checked as on AWS, where nothing of an alarm on one metric shows it either.</summary>
    private static void CheckJson(string? text)
    {
        try
        {
            if (text is not null) JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new ServiceError("InvalidFormat", "StateReasonData was not syntactically valid JSON.");
        }
    }

    private static string Required(JsonObject input, string name) =>
        input.Text(name) is { Length: > 0 } text
            ? text
            : throw new ServiceError("ValidationError", $"{name} is required.");
}
