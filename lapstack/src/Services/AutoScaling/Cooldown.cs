namespace Lapstack.Services.AutoScaling;

/// <summary>
/// What a policy's recent scaling allows. Pure. While the cooldown after scaling out lasts, what was added counts
/// towards what is asked for; while the one after scaling in lasts, it does not scale in again, and scaling out ends
/// it.
/// </summary>
/// <param name="OutUntil">End of the cooldown after scaling out.</param>
/// <param name="OutBaseline">The capacity before it began.</param>
/// <param name="InUntil">End of the cooldown after scaling in.</param>
internal sealed record Cooldown(DateTimeOffset OutUntil, int OutBaseline, DateTimeOffset InUntil)
{
    public static readonly Cooldown None = new(DateTimeOffset.MinValue, 0, DateTimeOffset.MinValue);

    /// <param name="propose">From a capacity to what the policy asks for then.</param>
    /// <returns>What to set; null to leave the capacity.</returns>
    public int? Decide(int capacity, Func<int, int> propose, CapacityLimits limits, DateTimeOffset now)
    {
        var more = limits.Clamp(propose(now < OutUntil ? OutBaseline : capacity));
        if (more > capacity) return more;
        var less = limits.Clamp(propose(capacity));
        return less < capacity && now >= InUntil ? less : null;
    }

    public Cooldown After(int before, int after, ScalingPolicy policy, DateTimeOffset now) => after > before
        ? new Cooldown(now + policy.ScaleOutCooldown, now < OutUntil ? OutBaseline : before, DateTimeOffset.MinValue)
        : this with { InUntil = now + policy.ScaleInCooldown };
}
