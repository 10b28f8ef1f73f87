namespace Jobs.Tests.Simulation.Models;

/// <summary>
/// Fargate's token bucket for task launches: 100 at once, 20 a second.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html
/// </summary>
internal sealed class LaunchQuota
{
    public const double Burst = 100;
    public const double PerSecond = 20;

    private double _tokens = Burst;
    private DateTimeOffset _at;

    public bool TryTake(DateTimeOffset now)
    {
        _tokens = Math.Min(Burst, _tokens + ((now - _at).TotalSeconds * PerSecond));
        _at = now;
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
