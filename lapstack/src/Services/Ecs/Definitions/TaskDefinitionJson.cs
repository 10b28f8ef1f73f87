using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>
/// Turns the properties of AWS::ECS::TaskDefinition into the API's form: other casing, the same members.
/// </summary>
internal static class TaskDefinitionJson
{
    /// <summary>Maps whose keys are the user's, not AWS's.</summary>
    private static readonly string[] Maps = ["Options", "DockerLabels", "DriverOpts", "Labels"];

    public static JsonObject FromTemplate(JsonObject properties) => (JsonObject)Convert(properties, isMap: false)!;

    private static JsonNode? Convert(JsonNode? node, bool isMap) => node switch
    {
        JsonObject json => new JsonObject(json.Select(m =>
            KeyValuePair.Create(
                isMap ? m.Key : NameOf(m.Key),
                Convert(m.Value, Maps.Contains(m.Key))))),
        JsonArray array => new JsonArray([.. array.Select(item => Convert(item, isMap: false))]),
        _ => node?.DeepClone(),
    };

    /// <summary>The one name that differs in more than its first letters is EFS's.</summary>
    private static string NameOf(string property) =>
        property == "FilesystemId" ? "fileSystemId" : JsonNamingPolicy.CamelCase.ConvertName(property);
}
