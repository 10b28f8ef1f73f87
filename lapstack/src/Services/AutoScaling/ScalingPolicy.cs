namespace Lapstack.Services.AutoScaling;

/// <summary>How a target is scaled.</summary>
/// <param name="TargetId">Of its <see cref="ScalableTarget"/>.</param>
/// <param name="ScaleOutCooldown">After scaling out, by this policy.</param>
/// <param name="ScaleInCooldown">After scaling in, by this policy.</param>
internal abstract record ScalingPolicy(
    string Name, string Arn, string TargetId, TimeSpan ScaleOutCooldown, TimeSpan ScaleInCooldown)
{
    /// <summary>As the API calls it.</summary>
    public abstract string Type { get; }
}
