namespace Lapstack.Services.CloudWatch;

/// <summary>An alarm of the stack, as declared.</summary>
/// <param name="Metric">Null for one that the emulator cannot watch; <see cref="Refusal"/> then says why.</param>
/// <param name="Comparison">Such as <c>GreaterThanOrEqualToThreshold</c>.</param>
/// <param name="MissingData">breaching, notBreaching, ignore or missing.</param>
/// <param name="Actions">ARNs by the state that runs them.</param>
internal sealed record Alarm(
    string Name,
    string Arn,
    string? Description,
    AlarmMetric? Metric,
    string? Refusal,
    string Comparison,
    double Threshold,
    TimeSpan Period,
    int EvaluationPeriods,
    int DatapointsToAlarm,
    string MissingData,
    bool ActionsEnabled,
    IReadOnlyDictionary<AlarmState, IReadOnlyList<string>> Actions)
{
    public TimeSpan Range => Period * EvaluationPeriods;

    public bool IsBreachedBy(double value) => Comparison switch
    {
        "GreaterThanOrEqualToThreshold" => value >= Threshold,
        "GreaterThanThreshold" => value > Threshold,
        "LessThanOrEqualToThreshold" => value <= Threshold,
        "LessThanThreshold" => value < Threshold,
        _ =>
            throw new InvalidOperationException(
                $"Comparison {Comparison} should have been refused when the alarm was made."),
    };
}
