namespace Jobs.Core.Costs;

/// <param name="VcpuHour">US dollars for an hour of a vCPU.</param>
/// <param name="GBHour">US dollars for an hour of a GB of memory.</param>
public sealed record FargateRates(decimal VcpuHour, decimal GBHour);
