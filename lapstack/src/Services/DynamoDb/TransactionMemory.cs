using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.DynamoDb;

/// <summary>The tokens of transactions of the last ten minutes: a call that is repeated is done once.</summary>
internal sealed class TransactionMemory(TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (string Input, DateTimeOffset At)> _done = new(StringComparer.Ordinal);

    /// <exception cref="ServiceError">The token was used for something else.</exception>
    public bool Contains(JsonObject input)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, _) in _done.Where(pair => pair.Value.At < now - Kept).ToList()) _done.Remove(old);
        if (input.Text("ClientRequestToken") is not { } token || !_done.TryGetValue(token, out var known)) return false;
        if (known.Input == input.ToJsonString()) return true;
        throw new ServiceError(
            "IdempotentParameterMismatchException",
            "The request was used before with the same client token and other parameters.");
    }

    public void Add(JsonObject input)
    {
        if (input.Text("ClientRequestToken") is { } token) _done[token] = (input.ToJsonString(), clock.GetUtcNow());
    }
}
