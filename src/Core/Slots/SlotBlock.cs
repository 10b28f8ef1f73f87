using Jobs.Core.Ids;

namespace Jobs.Core.Slots;

/// <summary>Some of a capped job's slots, one item.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Holders">The launches that hold its slots now.</param>
/// <param name="IsAwaited">A launch was refused, so a run may wait.</param>
public sealed record SlotBlock(string Job, int Number, IReadOnlyList<LaunchId> Holders, bool IsAwaited);
