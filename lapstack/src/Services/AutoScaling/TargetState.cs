namespace Lapstack.Services.AutoScaling;

/// <summary>What of a target survives restarts.</summary>
/// <param name="Declared">By the template when the limits were last taken from it.</param>
/// <param name="Limits">Now, after scheduled actions.</param>
internal sealed record TargetState(CapacityLimits Declared, CapacityLimits Limits, DateTimeOffset CreatedAt)
{
    /// <summary>By the policy's ARN.</summary>
    public IReadOnlyDictionary<string, Cooldown> Cooldowns { get; init; } = new Dictionary<string, Cooldown>();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ScalingActivity> Activities { get; init; } = [];
}
