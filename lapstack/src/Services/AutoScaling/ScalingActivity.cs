namespace Lapstack.Services.AutoScaling;

/// <summary>Something that was scaled, or limits that were changed, and why.</summary>
internal sealed record ScalingActivity(string Id, DateTimeOffset At, string Description, string Cause);
