using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <param name="Limit">CPU units that may be in use at once, 1,024 to the vCPU.</param>
/// <param name="Used">CPU units in use.</param>
/// <param name="Holders">The launches that use them.</param>
public sealed record VcpuUse(int Limit, int Used, IReadOnlyList<LaunchId> Holders)
{
    /// <summary>Whether a launch of this size would get its share now.</summary>
    public bool HasRoomFor(int cpu) => Used <= RoomFor(Limit, cpu);

    /// <summary>The most that others may use for a launch of this size to get its share: one larger than the limit runs alone.</summary>
    public static int RoomFor(int limit, int cpu) => Math.Max(0, limit - cpu);
}
