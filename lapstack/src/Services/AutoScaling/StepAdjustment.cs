namespace Lapstack.Services.AutoScaling;

/// <summary>One step: between which distances from the alarm's threshold it applies, and what it does.</summary>
/// <param name="Lower">Null: no lower bound.</param>
/// <param name="Upper">Null: no upper bound.</param>
internal sealed record StepAdjustment(double? Lower, double? Upper, int Adjustment)
{
    /// <summary>
    /// Above a threshold lower bounds are inclusive and upper ones are not; below it is the other way round.
    /// </summary>
    public bool Covers(double breach, bool isBelow)
    {
        var (lower, upper) = (Lower ?? double.NegativeInfinity, Upper ?? double.PositiveInfinity);
        return isBelow ? breach > lower && breach <= upper : breach >= lower && breach < upper;
    }
}
