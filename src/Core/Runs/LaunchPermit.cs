namespace Jobs.Core.Runs;

/// <summary>Says that a run may be launched now, if it gets what its launch must hold.</summary>
/// <param name="Slot">The block that its slot is to come from; null when its job has no cap.</param>
/// <param name="Budgeted">The launch counts for the stack's CPU budget.</param>
public readonly record struct LaunchPermit(int? Slot, bool Budgeted = false);
