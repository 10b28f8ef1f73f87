namespace Lapstack.Services.Ecs.Clusters;

/// <summary>One provider of a strategy.</summary>
/// <param name="Base">How many tasks go to it first; at most one item of a strategy has one.</param>
/// <param name="Weight">0 to 1,000; default 0.</param>
internal sealed record CapacityProviderItem(string Provider, int Base, int Weight);
