using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Api;

/// <summary>The errors ECS gives.</summary>
internal static class EcsErrors
{
    public static ServiceError Invalid(string message) => new("InvalidParameterException", message);

    public static ServiceError Client(string message) => new("ClientException", message);

    /// <summary>AWS's word for what a Region lacks, here for what this machine lacks.</summary>
    public static ServiceError Unsupported(string message) => new("UnsupportedFeatureException", message);

    public static ServiceError ClusterNotFound() => new("ClusterNotFoundException", "Cluster not found.");

    public static ServiceError ServiceNotFound() => new("ServiceNotFoundException", "Service not found.");

    /// <summary>A client token used again with other parameters.</summary>
    public static ServiceError Conflict(IEnumerable<string> taskArns) =>
        new("ConflictException", "The client token was used before with other parameters.")
        {
            Members = new Dictionary<string, JsonNode>
            {
                ["resourceIds"] = new JsonArray([.. taskArns.Select(arn => (JsonNode)JsonValue.Create(arn))]),
            },
        };
}
