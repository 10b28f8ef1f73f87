using Jobs.Core.Sizes;

namespace Jobs.Core.Costs;

/// <summary>What Fargate for Linux costs in US dollars. https://aws.amazon.com/fargate/pricing/</summary>
/// <param name="Region">Where these prices hold.</param>
/// <param name="X64">For an hour of a vCPU and of a GB of memory on x86.</param>
/// <param name="Arm64">The same on ARM.</param>
/// <param name="StorageGBHour">For an hour of a GB of ephemeral storage above the 20 that are included.</param>
/// <param name="SpotDiscount">What Fargate Spot is cheaper by, 0 to 1. An estimate: AWS says "up to 70 %", and it
/// varies.</param>
public sealed record FargatePrices(
    string Region, FargateRates X64, FargateRates Arm64, decimal StorageGBHour, decimal SpotDiscount)
{
    private const int IncludedStorageGiB = 20;

    /// <summary>N. Virginia, 2025. The only Region whose prices are kept here; others differ by up to half.</summary>
    public static FargatePrices UsEast1 { get; } = new(
        "us-east-1", new FargateRates(
            0.04048m, 0.004445m), new FargateRates(0.03238m, 0.00356m), StorageGBHour: 0.000111m, SpotDiscount: 0.70m);

    /// <summary>The dollars that an hour of such a task costs.</summary>
    /// <param name="ephemeralStorageGiB">Null for the included 20.</param>
    public decimal PerHour(TaskSize size, Architecture architecture, int? ephemeralStorageGiB, bool spot)
    {
        var rates = architecture == Architecture.Arm64 ? Arm64 : X64;
        var compute = (size.Cpu / 1_024m * rates.VcpuHour) + (size.MemoryMiB / 1_024m * rates.GBHour);
        var storage = Math.Max(0, (ephemeralStorageGiB ?? 0) - IncludedStorageGiB) * StorageGBHour;
        return (spot ? compute * (1 - SpotDiscount) : compute) + storage;
    }
}
