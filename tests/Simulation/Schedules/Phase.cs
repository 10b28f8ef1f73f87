namespace Jobs.Tests.Simulation.Schedules;

/// <summary>The children of one phase, by index.</summary>
/// <param name="Until">Behind the last: as many as there are in all.</param>
internal sealed record Phase(int First, int Until);
