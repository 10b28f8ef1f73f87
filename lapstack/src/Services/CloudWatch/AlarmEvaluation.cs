using System.Globalization;
using Lapstack.Ports;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// From datapoints to a state, missing ones as the alarm says.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarm-evaluation
/// </summary>
internal static class AlarmEvaluation
{
    /// <param name="until">End of the newest period.</param>
    /// <param name="measuredSince">Before it nothing was measured, which is not the same as nothing happening.</param>
    /// <returns>Null to stay as it is.</returns>
    public static AlarmStatus? Evaluate(
        Alarm alarm, AlarmStatus before, IMetrics metrics, DateTimeOffset until, DateTimeOffset measuredSince)
    {
        var points = Enumerable.Range(0, alarm.EvaluationPeriods)
            .Select(
                i =>
                    (
                        From: until - (alarm.Period * (i + 1)),
                        Value: metrics.Read(
                            alarm.Metric!.Name,
                            alarm.Metric.Statistic,
                            until - (alarm.Period * (i + 1)),
                            until - (alarm.Period * i))))
            .ToList();
        var present = points.Where(point => point.Value is not null).ToList();
        var missing = points.Where(point => point.Value is null).ToList();
        var isSilence = alarm.MissingData == "breaching" || (alarm.MissingData == "missing" && present.Count == 0);
        if (isSilence && missing.Any(point => point.From < measuredSince)) return null;
        if (present.Count == 0 && alarm.MissingData is "missing") return InsufficientData(missing.Count, until);
        if (present.Count == 0 && alarm.MissingData is "ignore") return null;

        var breaching = present.Count(point => alarm.IsBreachedBy(point.Value!.Value)) +
            (alarm.MissingData == "breaching" ? missing.Count : 0);
        var state = breaching >= alarm.DatapointsToAlarm ? AlarmState.ALARM : AlarmState.OK;
        return new AlarmStatus(state, Reason(alarm, before.State, state, present), until);
    }

    private static AlarmStatus InsufficientData(int count, DateTimeOffset at) => new(
        AlarmState.INSUFFICIENT_DATA,
        $"Insufficient Data: {count} datapoint{(count == 1 ? " was" : "s were")} unknown.", at);

    // CloudWatch's own sentence.
    private static string Reason(
        Alarm alarm, AlarmState before, AlarmState after, List<(DateTimeOffset From, double? Value)> present)
    {
        var points = string.Join(
            ", ",
            present.Select(
                point =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Number(point.Value!.Value)} ({point.From.UtcDateTime:dd/MM/yy HH:mm:ss})")));
        var not = after == AlarmState.ALARM ? "" : "not ";
        var threshold = $"{not}{Words(alarm.Comparison)} the threshold ({Number(alarm.Threshold)})";
        var missing = alarm.EvaluationPeriods - present.Count;
        if (present.Count == 0)
        {
            var kind = alarm.MissingData == "breaching" ? "Breaching" : "NonBreaching";
            return $"Threshold Crossed: no datapoints were received for {missing} period{(missing == 1 ? "" : "s")} " +
                $"and {missing} missing datapoint{(missing == 1 ? " was" : "s were")} treated as [{kind}].";
        }

        var need = alarm.DatapointsToAlarm;
        var verb = present.Count == 1 ? "datapoint" : "datapoints";
        return $"Threshold Crossed: {present.Count} out of the last {alarm.EvaluationPeriods} {verb} [{points}] " +
            $"{(present.Count == 1 ? "was" : "were")} {threshold} (minimum {need} datapoint{(need == 1 ? "" : "s")} " +
            $"for {before} -> {after} transition).";
    }

    private static string Number(double value) => value.ToString("0.0###", CultureInfo.InvariantCulture);

    private static string Words(string comparison) => comparison switch
    {
        "GreaterThanOrEqualToThreshold" => "greater than or equal to",
        "GreaterThanThreshold" => "greater than",
        "LessThanOrEqualToThreshold" => "less than or equal to",
        _ => "less than",
    };
}
