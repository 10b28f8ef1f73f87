namespace Lapstack.Chaos;

/// <summary>
/// What goes wrong, and how often: shares from 0, never, to 1, always. All default to 0. What each does is in
/// <see cref="ChaosSwitch.All"/>.
/// </summary>
public sealed record ChaosOptions
{
    public double Spot { get; init; }

    public double Kill { get; init; }

    public double Throttle { get; init; }

    public double Capacity { get; init; }

    public double LostAnswer { get; init; }

    public double Duplicate { get; init; }

    public double Delay { get; init; }

    public double DropStopped { get; init; }

    public double Crash { get; init; }
}
