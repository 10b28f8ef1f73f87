namespace Lapstack.Ports;

/// <summary>How many messages a queue holds.</summary>
/// <param name="OldestAge">The age of the oldest message not yet deleted; zero for an empty queue.</param>
public sealed record QueueDepth(int Visible, int InFlight, int Delayed, TimeSpan OldestAge);
