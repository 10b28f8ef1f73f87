namespace Lapstack.Services.AutoScaling;

/// <summary>Between what scaling stays.</summary>
internal sealed record CapacityLimits(int Min, int Max)
{
    public int Clamp(int capacity) => Math.Clamp(capacity, Min, Max);
}
