namespace Jobs.Tests.Simulation.World;

/// <summary>What a port throws when AWS fails. Any other exception out of Core is a bug.</summary>
internal sealed class SimulatedFailureException(string call) : Exception($"{call} failed in the simulation.");
