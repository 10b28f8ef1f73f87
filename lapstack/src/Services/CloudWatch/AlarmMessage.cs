using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// What CloudWatch publishes: JSON for programs, and its letter for people, which e-mail subscriptions get.
/// </summary>
internal sealed class AlarmMessage(Alarm alarm, AlarmStatus before, AlarmStatus after, Account account)
{
    private const int MaxSubject = 99;

    public string Subject
    {
        get
        {
            var text = $"{after.State}: \"{alarm.Name}\" in {account.Region}";
            return text.Length <= MaxSubject ? text : string.Concat(text.AsSpan(0, MaxSubject - 3), "...");
        }
    }

    public string Json() => new JsonObject
    {
        ["AlarmName"] = alarm.Name,
        ["AlarmDescription"] = alarm.Description,
        ["AWSAccountId"] = account.Id,
        ["AlarmConfigurationUpdatedTimestamp"] = AlarmTime(before.Since),
        ["NewStateValue"] = after.State.ToString(),
        ["NewStateReason"] = after.Reason,
        ["StateChangeTime"] = AlarmTime(after.Since),
        ["Region"] = account.Region,
        ["AlarmArn"] = alarm.Arn,
        ["OldStateValue"] = before.State.ToString(),
        ["OKActions"] = Arns(AlarmState.OK),
        ["AlarmActions"] = Arns(AlarmState.ALARM),
        ["InsufficientDataActions"] = Arns(AlarmState.INSUFFICIENT_DATA),
        ["Trigger"] = new JsonObject
        {
            ["MetricName"] = alarm.Metric!.Name.Name,
            ["Namespace"] = alarm.Metric.Name.Namespace,
            ["StatisticType"] = "Statistic",
            ["Statistic"] = alarm.Metric.Statistic.ToUpperInvariant(),
            ["Unit"] = null,
            ["Dimensions"] = new JsonArray(
                [.. alarm.Metric.Name.Dimensions.Select(d =>
                    new JsonObject { ["value"] = d.Value, ["name"] = d.Name })]),
            ["Period"] = (int)alarm.Period.TotalSeconds,
            ["EvaluationPeriods"] = alarm.EvaluationPeriods,
            ["DatapointsToAlarm"] = alarm.DatapointsToAlarm,
            ["ComparisonOperator"] = alarm.Comparison,
            ["Threshold"] = alarm.Threshold,
            ["TreatMissingData"] = alarm.MissingData,
            ["EvaluateLowSampleCountPercentile"] = "",
        },
    }.ToJsonString(JsonText.Plain);

    public string Email()
    {
        var at = after.Since.UtcDateTime.ToString("dddd dd MMMM, yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return $"""
            You are receiving this email because your Amazon CloudWatch Alarm "{alarm.Name}" in the {account.Region} region has entered the {after.State} state, because "{after.Reason}" at "{at}".

            View this alarm in the AWS Management Console:
            https://{account.Region}.console.aws.amazon.com/cloudwatch/deeplink.js?region={account.Region}#alarmsV2:alarm/{Uri.EscapeDataString(alarm.Name)}

            Alarm Details:
            - Name:                       {alarm.Name}
            - Description:                {alarm.Description}
            - State Change:               {before.State} -> {after.State}
            - Reason for State Change:    {after.Reason}
            - Timestamp:                  {at}
            - AWS Account:                {account.Id}
            - Alarm Arn:                  {alarm.Arn}

            Threshold:
            - The alarm is in the ALARM state when the metric is {alarm.Comparison} {alarm.Threshold.ToString("0.0###", CultureInfo.InvariantCulture)} for at least {alarm.DatapointsToAlarm} of the last {alarm.EvaluationPeriods} period(s) of {alarm.Period.TotalSeconds} seconds.

            Monitored Metric:
            - MetricNamespace:            {alarm.Metric!.Name.Namespace}
            - MetricName:                 {alarm.Metric.Name.Name}
            - Dimensions:                 [{string.Join(", ", alarm.Metric.Name.Dimensions.Select(d => $"{d.Name} = {d.Value}"))}]
            - Period:                     {alarm.Period.TotalSeconds} seconds
            - Statistic:                  {alarm.Metric.Statistic}
            - Unit:                       not specified
            - TreatMissingData:           {alarm.MissingData}

            State Change Actions:
            - OK: {List(AlarmState.OK)}
            - ALARM: {List(AlarmState.ALARM)}
            - INSUFFICIENT_DATA: {List(AlarmState.INSUFFICIENT_DATA)}
            """;
    }

    private JsonArray Arns(AlarmState state) => [.. alarm.Actions[state].Select(arn => JsonValue.Create(arn))];

    private string List(AlarmState state) =>
        alarm.Actions[state].Count == 0 ? "" : $"[{string.Join(", ", alarm.Actions[state])}]";

    // Without a colon in the offset: CloudWatch's own form.
    private static string AlarmTime(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
}
