using Jobs.Tests.Simulation.Search;

namespace Jobs.SimulationBench;

/// <param name="First">Number of the first seed; null for the one in the state, or one from the clock.</param>
/// <param name="Threads">Worlds at once.</param>
/// <param name="Shrink">Make the first failure as small as it can be.</param>
/// <param name="All">Go on after a failure.</param>
/// <param name="State">File with how far the search is; null for none.</param>
internal sealed record SearchOptions(ulong? First, ulong Count, Generator Generator, int Threads, bool Shrink,
    bool All, string? State);
