namespace Jobs.Worker.Csv;

/// <summary>
/// Mean and deviation in one pass by Welford's method, which does not lose digits as sums of squares do.
/// </summary>
internal sealed class NumberStatistics
{
    private long _count;
    private double _mean;
    private double _squares;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    public void Add(double value)
    {
        _count++;
        var before = value - _mean;
        _mean += before / _count;
        _squares += before * (value - _mean);
        if (value < _min) _min = value;
        if (value > _max) _max = value;
    }

    public NumberSummary ToSummary() =>
        new(_min, _max, OrNull(_mean), OrNull(_count > 1 ? Math.Sqrt(_squares / (_count - 1)) : 0));

    /// <summary>JSON has no infinity.</summary>
    private static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
