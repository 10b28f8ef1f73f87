using Jobs.Core.Definitions;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Slots;

namespace Jobs.Core.Dispatch;

/// <summary>What a dispatcher decides by.</summary>
/// <param name="CpuLimit">CPU units that all attempts of the stack may use at once, 1,024 to the vCPU; null for no
/// limit.</param>
public sealed record DispatchSources(
    IRunIndex Index, ISlots Slots, JobCatalog Catalog, PauseView Pauses, int? CpuLimit);
