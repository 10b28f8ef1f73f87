using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Processes;
using Lapstack.Wire;

namespace Lapstack.Services.Lambda;

/// <summary>The functions of the stack, and what is declared beside them.</summary>
internal sealed class FunctionStore(
    EnvironmentFactory factory, IMetrics metrics, Activity activity, TimeProvider clock) : IHostedPart
{
    private readonly ConcurrentDictionary<string, EnvironmentPool> _pools = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<JsonObject>> _statements = new(StringComparer.Ordinal);

    public IEnumerable<FunctionConfiguration> All =>
        _pools.Values.Select(p => p.Function).OrderBy(f => f.Name, StringComparer.Ordinal);

    /// <summary>By function name; absent: AWS's defaults.</summary>
    public ConcurrentDictionary<string, EventInvokeSettings> InvokeSettings { get; } = new(StringComparer.Ordinal);

    /// <summary>What the function's own policy says; none where it has no policy.</summary>
    public IReadOnlyList<JsonObject> StatementsOf(FunctionConfiguration function) =>
        _statements.GetValueOrDefault(function.Arn, []);

    public void AddStatement(string functionArn, JsonObject statement) =>
        _statements[functionArn] = [.. _statements.GetValueOrDefault(functionArn, []), statement];

    public void Add(FunctionConfiguration function) =>
        _pools[function.Name] = new EnvironmentPool(function, factory, metrics, activity, clock);

    /// <param name="identifier">A name, <c>name:$LATEST</c>, or an ARN with or without qualifier.</param>
    public EnvironmentPool? Find(string identifier)
    {
        var parts = identifier.Split(':');
        var (name, qualifier) = parts.Length > 3
            ? (parts.ElementAtOrDefault(6), parts.ElementAtOrDefault(7))
            : (parts[0], parts.ElementAtOrDefault(1));
        return qualifier is null or "$LATEST" && name is not null ? _pools.GetValueOrDefault(name) : null;
    }

    /// <exception cref="ServiceError">ResourceNotFoundException.</exception>
    public EnvironmentPool Get(string identifier) =>
        Find(identifier)
            ?? throw new ServiceError("ResourceNotFoundException", $"Function not found: {identifier}", 404);

    public Task StopAsync() => Task.WhenAll(_pools.Values.Select(pool => pool.DisposeAsync().AsTask()));
}
