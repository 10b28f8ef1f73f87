using Jobs.Core.Dispatch;

namespace Jobs.Core.Composition;

/// <summary>What the stack tells the control plane about itself.</summary>
public sealed record ControlPlaneSettings(StackInfo Stack)
{
    public DispatchSettings Dispatch { get; init; } = new();

    /// <summary>
    /// CPU units that all attempts of the stack may use at once, 1,024 to the vCPU. Default null: no limit.
    /// </summary>
    public int? CpuLimit { get; init; }

    /// <summary>
    /// The machine may sleep or be switched off, as a laptop does: what was planned meanwhile is not missed. Default
    /// false: AWS does not sleep.
    /// </summary>
    public bool Sleeps { get; init; }
}
