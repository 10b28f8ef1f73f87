using System.Text.Json.Nodes;

namespace Lapstack.Ports;

/// <summary>The account's default EventBridge bus.</summary>
public interface IEventBus
{
    /// <summary>
    /// Accepts one whole event (envelope and detail; <c>id</c>, <c>time</c>, <c>account</c> and <c>region</c> set by
    /// the source). Returns when the event is accepted; delivery to targets happens later, at least once. The event is
    /// not changed.
    /// </summary>
    Task PutAsync(JsonObject @event, CancellationToken cancellation);
}
