namespace Lapstack.Services.AutoScaling;

/// <summary>The period in which target tracking looks at its metrics.</summary>
internal sealed record TrackingPeriod(TimeSpan Length);
