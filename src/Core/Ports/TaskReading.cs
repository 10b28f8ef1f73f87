using Jobs.Core.Runs;

namespace Jobs.Core.Ports;

/// <param name="LastStatus">ECS's lastStatus: an open set of names.</param>
/// <param name="Stopped">How it ended; null unless it is STOPPED.</param>
public sealed record TaskReading(string LastStatus, TaskObservation? Stopped);
