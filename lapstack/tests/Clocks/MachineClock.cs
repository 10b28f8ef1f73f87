namespace Lapstack.Tests.Clocks;

/// <summary>
/// A machine's clock as Linux has it: it may be set, and goes on while the machine sleeps, when its timers and its
/// timestamps stand still.
/// </summary>
internal sealed class MachineClock : TimeProvider
{
    private readonly ManualClock _steady = new();
    private TimeSpan _ahead;

    public override long TimestampFrequency => _steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _steady.GetUtcNow() + _ahead;

    public override long GetTimestamp() => _steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _steady.CreateTimer(callback, state, dueTime, period);

    /// <summary>The clock is set, forward or back.</summary>
    public void Set(TimeSpan by) => _ahead += by;

    /// <summary>Nothing of the machine goes on meanwhile but its clock.</summary>
    public void Sleep(TimeSpan by) => Set(by);

    public void Advance(TimeSpan by) => _steady.Advance(by);

    /// <summary>Waits until something waits for a time within this span.</summary>
    public Task TimerWithinAsync(TimeSpan span) => _steady.TimerWithinAsync(span);
}
