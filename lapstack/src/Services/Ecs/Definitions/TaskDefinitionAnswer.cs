using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>A task definition as DescribeTaskDefinition gives it.</summary>
internal static class TaskDefinitionAnswer
{
    public static JsonObject Of(TaskDefinition definition)
    {
        var json = (JsonObject)definition.Json.DeepClone();
        json.Remove("tags");
        json["family"] = definition.Family;
        json["revision"] = definition.Revision;
        json["taskDefinitionArn"] = definition.Arn;
        json["status"] = "ACTIVE";
        json["compatibilities"] = new JsonArray("EC2", "FARGATE");
        json["registeredAt"] = EpochTime.Seconds(definition.RegisteredAt);
        json["volumes"] ??= new JsonArray();
        json["placementConstraints"] ??= new JsonArray();
        return json;
    }
}
