namespace Lapstack.Services.Ecs.Clusters;

/// <summary>A cluster and what may run in it.</summary>
internal sealed record Cluster(string Name, string Arn)
{
    /// <summary>Such as FARGATE and FARGATE_SPOT; what is not here cannot be asked for in a strategy.</summary>
    public IReadOnlyList<string> CapacityProviders { get; init; } = [];

    /// <summary>Applies when RunTask names neither launch type nor strategy.</summary>
    public IReadOnlyList<CapacityProviderItem> DefaultStrategy { get; init; } = [];
}
