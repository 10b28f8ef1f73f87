using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.State;

namespace Lapstack.Services.Sqs;

/// <summary>
/// What all queues share. One lock for all: a move to a dead-letter queue is one step, and no two locks can wait for
/// each other.
/// </summary>
internal sealed record QueueHouse(
    ServiceState State, TimeProvider Clock, Ids Ids, Activity Activity, ChaosDice ChaosDice, Func<string, Queue?> Find)
{
    public Lock Gate { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();
}
