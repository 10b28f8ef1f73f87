using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lapstack.Ground;
using Lapstack.Services.Ecs.Api;
using Lapstack.Services.Ecs.Clusters;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Launching;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// Reads what a service is to be, in the API's spelling, and refuses what this scheduler does not do.
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
/// </summary>
internal sealed partial class ServiceReader(
    ClusterStore clusters, TaskDefinitionStore definitions, Account account, Ids ids, TimeProvider clock)
{
    /// <summary>Kept with the service; each may be given anew by UpdateService, but for the tags.</summary>
    private static readonly string[] Settings =
    [
        "launchType", "capacityProviderStrategy", "networkConfiguration", "deploymentConfiguration", "platformVersion",
        "propagateTags", "tags",
        "enableECSManagedTags", "enableExecuteCommand", "availabilityZoneRebalancing", "schedulingStrategy",
        "deploymentController",
    ];

    private static readonly string[] CreateMembers =
    [
        .. Settings, "cluster", "serviceName", "taskDefinition", "desiredCount", "clientToken", "role",
    ];

    private static readonly string[] UpdateMembers =
        [
            .. Settings.Except(["tags", "launchType", "schedulingStrategy", "deploymentController"]), "cluster",
            "service", "taskDefinition", "desiredCount", "forceNewDeployment",
        ];

    private static readonly string[] DeploymentMembers =
    [
        "maximumPercent", "minimumHealthyPercent", "deploymentCircuitBreaker", "alarms", "strategy",
    ];

    /// <summary>A new one of these means new tasks.</summary>
    private static readonly string[] OfDeployment =
    [
        "capacityProviderStrategy", "networkConfiguration", "platformVersion",
    ];

    /// <param name="name">Its name; the template's is derived where none is given.</param>
    public ServiceRecord Create(string name, JsonObject input)
    {
        RequireKnown(input, CreateMembers);
        if (!ServiceName().IsMatch(name))
        {
            throw EcsErrors.Invalid(
                $"The service name '{name}' must be 1 to 255 letters, digits, hyphens and underscores.");
        }

        var cluster = clusters.Get(input.Text("cluster"));
        var settings = new JsonObject(
            Settings.Where(input.ContainsKey).Select(m => KeyValuePair.Create(m, input[m]?.DeepClone())));
        Check(settings, cluster);
        var now = clock.GetUtcNow();
        return new ServiceRecord
        {
            Name = name,
            Arn = account.Arn("ecs", $"service/{cluster.Name}/{name}"),
            ClusterArn = cluster.Arn,
            Settings = settings,
            DesiredCount = Count(input)
                ?? throw EcsErrors.Invalid(
                    "The 'desiredCount' field is required when the scheduling strategy is REPLICA."),
            CreatedAt = now,
            Deployments = [new Deployment(DeploymentIds.New(ids), Definition(input).Arn, now)],
        };
    }

    /// <returns>What makes of the service as it is what the call asks for.</returns>
    public Func<ServiceRecord, ServiceRecord> Update(ServiceRecord service, JsonObject input)
    {
        RequireKnown(input, UpdateMembers);
        Check(Merge(service, input), clusters.Get(service.ClusterArn));
        var count = Count(input);
        var definition = input.ContainsKey("taskDefinition") ? Definition(input).Arn : null;
        return current => Change(
            current,
            Merge(current, input),
            count ?? current.DesiredCount,
            definition ?? current.Primary.DefinitionArn,
            input.Flag("forceNewDeployment"));
    }

    /// <summary>A service of the stack as a later template wants it.</summary>
    public ServiceRecord Redeploy(ServiceRecord current, ServiceRecord fresh) =>
        Change(
            current,
            fresh.Settings,
            fresh.DesiredCount,
            fresh.Primary.DefinitionArn,
            always: false) with
        { FromTemplate = true, DeclaredCount = fresh.DeclaredCount };

    /// <param name="always">Whether the tasks are to be new whatever has changed.</param>
    private ServiceRecord Change(ServiceRecord current, JsonObject settings, int count, string definition, bool always)
    {
        var changed = current with { Settings = settings, DesiredCount = count };
        var isNew = always
            || definition != current.Primary.DefinitionArn
            || OfDeployment.Any(m => !JsonNode.DeepEquals(settings[m], current.Settings[m]));
        return isNew
            ? changed with
            {
                Deployments =
                [
                    new Deployment(DeploymentIds.New(ids), definition, clock.GetUtcNow()), .. current.Deployments,
                ],
            }
            : changed;
    }

    private static JsonObject Merge(ServiceRecord service, JsonObject input)
    {
        var settings = (JsonObject)service.Settings.DeepClone();
        foreach (var member in Settings.Where(input.ContainsKey)) settings[member] = input[member]?.DeepClone();
        if (input.ContainsKey("capacityProviderStrategy")) settings.Remove("launchType");
        return settings;
    }

    private TaskDefinition Definition(JsonObject input) =>
        definitions.Find(input.Text("taskDefinition") ?? throw EcsErrors.Invalid("TaskDefinition can not be blank."))
        ?? throw EcsErrors.Client("TaskDefinition not found.");

    private static int? Count(JsonObject input) => input.Number("desiredCount") switch
    {
        < 0 => throw EcsErrors.Invalid("desiredCount must be 0 or more."),
        var count => count,
    };

    private static void Check(JsonObject settings, Cluster cluster)
    {
        RequireOne(settings.Text("schedulingStrategy"), "schedulingStrategy", "REPLICA");
        RequireOne(settings.Structure("deploymentController").Text("type"), "deploymentController.type", "ECS");
        if (settings.Flag("enableExecuteCommand"))
        {
            throw EcsErrors.Invalid("The local emulator has no ECS Exec: leave enableExecuteCommand out.");
        }

        var deployment = settings.Structure("deploymentConfiguration");
        RequireKnown(deployment, DeploymentMembers);
        RequireOne(deployment.Text("strategy"), "deploymentConfiguration.strategy", "ROLLING");
        if (deployment.Structure("alarms").Flag("enable"))
        {
            throw EcsErrors.Invalid(
                "The local emulator does not roll back for alarms: leave deploymentConfiguration.alarms out.");
        }

        if (deployment.Number("minimumHealthyPercent") is < 0 or > 100)
        {
            throw EcsErrors.Invalid("minimumHealthyPercent must be 0 to 100.");
        }

        if (deployment.Number("maximumPercent") is < 100)
        {
            throw EcsErrors.Invalid("maximumPercent must be 100 or more.");
        }

        RunTaskReader.Subnet(settings);
        CapacityProviders.Spread(settings, cluster, 1);
    }

    private static void RequireOne(string? value, string member, string only)
    {
        if (value is not null && value != only)
        {
            throw EcsErrors.Invalid($"The local emulator's services have {member} {only}, not {value}.");
        }
    }

    private static void RequireKnown(JsonObject input, string[] known)
    {
        var unknown = input.Where(m => !known.Contains(m.Key) && m.Value is not (null or JsonArray { Count: 0 }))
            .Select(m => m.Key)
            .ToList();
        if (unknown.Count > 0)
        {
            throw EcsErrors.Invalid(
                $"The local emulator's services have no {string.Join(", ", unknown)}. They have: " +
                $"{string.Join(", ", known)}.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,255}$")]
    private static partial Regex ServiceName();
}
