using System.Text.Json.Nodes;

namespace Lapstack.Services.Sqs;

/// <summary>A message to be sent.</summary>
/// <param name="Delay">Null: the queue's own delay.</param>
/// <param name="GroupId">Whose message it is, for a fair queue; null for a message of its own.</param>
internal sealed record MessageDraft(
    string Body, JsonObject MessageAttributes, string SenderId, TimeSpan? Delay = null, string? TraceHeader = null,
    string? GroupId = null);
