using System.Collections.Concurrent;
using Lapstack.Services.Ecs.Api;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Clusters;

/// <summary>The clusters of the stack.</summary>
internal sealed class ClusterStore
{
    private readonly ConcurrentDictionary<string, Cluster> _clusters = new(StringComparer.Ordinal);

    public IReadOnlyList<Cluster> All => [.. _clusters.Values.OrderBy(c => c.Name, StringComparer.Ordinal)];

    public void Put(Cluster cluster) => _clusters[cluster.Name] = cluster;

    /// <param name="identifier">A name or an ARN; null means <c>default</c>.</param>
    public Cluster? Find(string? identifier) => _clusters.GetValueOrDefault(NameOf(identifier));

    /// <exception cref="ServiceError">ClusterNotFoundException.</exception>
    public Cluster Get(string? identifier) => Find(identifier) ?? throw EcsErrors.ClusterNotFound();

    public static string NameOf(string? identifier) =>
        identifier is null ? "default" : identifier[(identifier.LastIndexOf('/') + 1)..];
}
