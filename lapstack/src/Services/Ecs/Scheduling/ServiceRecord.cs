using System.Text.Json.Nodes;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>A service as ECS remembers it.</summary>
internal sealed record ServiceRecord
{
    /// <summary>Beyond these the oldest are forgotten, as ECS does.</summary>
    private const int KeptEvents = 100;

    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required string ClusterArn { get; init; }

    /// <summary>In the API's spelling: network, capacity, deployment configuration, tags.</summary>
    public required JsonObject Settings { get; init; }

    /// <summary>How many tasks there should be.</summary>
    public required int DesiredCount { get; init; }

    public string Status { get; init; } = ServiceStatus.Active;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Newest first: the first is PRIMARY, the others are on their way out.</summary>
    public required IReadOnlyList<Deployment> Deployments { get; init; }

    /// <summary>What a failed deployment is rolled back to; null before the first that succeeded.</summary>
    public string? LastGoodDefinition { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ServiceEvent> Events { get; init; } = [];

    /// <summary>Whether it came with the stack, and so goes with it.</summary>
    public bool FromTemplate { get; init; }

    /// <summary>The desired count its template said last; null when it said none.</summary>
    public int? DeclaredCount { get; init; }

    public Deployment Primary => Deployments[0];

    /// <summary>Of its tasks.</summary>
    public string Group => $"service:{Name}";

    /// <summary>How many are to run; none of a service that is being deleted.</summary>
    public int Wanted => Status == ServiceStatus.Active ? DesiredCount : 0;

    /// <summary>0 to 100, of the desired count; default 100.</summary>
    public int MinimumHealthyPercent => DeploymentConfiguration.Number("minimumHealthyPercent") ?? 100;

    /// <summary>100 or more, of the desired count; default 200.</summary>
    public int MaximumPercent => DeploymentConfiguration.Number("maximumPercent") ?? 200;

    public JsonObject CircuitBreaker => DeploymentConfiguration.Structure("deploymentCircuitBreaker");

    private JsonObject DeploymentConfiguration => Settings.Structure("deploymentConfiguration");

    public bool Has(TaskRecord task) => task.Group == Group && task.ClusterArn == ClusterArn;

    public ServiceRecord WithPrimary(Func<Deployment, Deployment> change) =>
        this with { Deployments = [change(Primary), .. Deployments.Skip(1)] };

    public ServiceRecord WithEvent(ServiceEvent @event) =>
        this with { Events = [@event, .. Events.Take(KeptEvents - 1)] };
}
