using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Api;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Clusters;

/// <summary>
/// Decides where each task of a RunTask goes: the launch type, the strategy given, or the cluster's default strategy.
/// </summary>
internal static class CapacityProviders
{
    /// <returns>A provider for each task; null where the launch type FARGATE was asked for.</returns>
    public static IReadOnlyList<string?> Spread(JsonObject input, Cluster cluster, int count)
    {
        var launchType = input.Text("launchType");
        var strategy = input.Structures("capacityProviderStrategy")
            .Select(
                i =>
                    new CapacityProviderItem(
                        i.Text("capacityProvider") ?? "", i.Number("base") ?? 0, i.Number("weight") ?? 0))
                .ToList();
        if (launchType is not null && strategy.Count > 0)
            throw EcsErrors.Invalid(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try " +
                "again.");
        if (launchType == "FARGATE") return new string?[count];
        if (launchType is null && strategy.Count == 0) strategy = [.. cluster.DefaultStrategy];
        // Without either, ECS falls back to EC2, and this cluster has no instances.
        if (strategy.Count == 0)
        {
            throw EcsErrors.Invalid(
                "No Container Instances were found in your cluster. Ask for launchType FARGATE or a capacity provider.");
        }

        Check(strategy, cluster);
        return Spread(strategy, count);
    }

    private static void Check(List<CapacityProviderItem> strategy, Cluster cluster)
    {
        if (strategy.Count > 20)
        {
            throw EcsErrors.Invalid($"A capacity provider strategy has at most 20 items, not {strategy.Count}.");
        }

        if (strategy.Find(i => !cluster.CapacityProviders.Contains(i.Provider)) is { } foreign)
            throw EcsErrors.Invalid(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated " +
                $"with the cluster: {foreign.Provider}. "
                + "Associate the capacity provider with the cluster and try again.");
        if (strategy.Count(i => i.Base > 0) > 1)
        {
            throw EcsErrors.Invalid("Only one item of a capacity provider strategy may have a base.");
        }

        if (strategy.Exists(i => i.Base is < 0 or > 100_000 || i.Weight is < 0 or > 1000))
            throw EcsErrors.Invalid("In a capacity provider strategy base is 0 to 100,000 and weight 0 to 1,000.");
        if (strategy.Count > 1 && strategy.TrueForAll(i => i.Weight == 0))
            throw EcsErrors.Invalid("At least one item of a capacity provider strategy must have a weight above zero.");
    }

    /// <summary>The bases first, then each task to the provider furthest behind its weight.</summary>
    private static List<string?> Spread(List<CapacityProviderItem> strategy, int count)
    {
        var spread = new List<string?>();
        foreach (var item in strategy.Where(i => i.Base > 0))
        {
            spread.AddRange(Enumerable.Repeat(item.Provider, Math.Min(item.Base, count)));
        }

        var given = strategy.ToDictionary(i => i, _ => 0);
        while (spread.Count < count)
        {
            var next = strategy.Count == 1
                ? strategy[0]
                : strategy.Where(i => i.Weight > 0).MinBy(i => (given[i] + 1) / (double)i.Weight)!;
            given[next]++;
            spread.Add(next.Provider);
        }
        return spread;
    }
}
