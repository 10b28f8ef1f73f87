using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>A volume of a task: a file system of EFS, or an empty folder that ends with the task.</summary>
/// <param name="FileSystem">The id of the file system; null for an empty folder.</param>
/// <param name="Root">The folder of the file system that is its root; null for the whole, or for the access
/// point's.</param>
/// <param name="AccessPoint">The id of an access point; null without.</param>
/// <param name="AsksIam">Whether mounting takes a permission of the task's role.</param>
internal sealed record Volume(string Name, string? FileSystem, string? Root, string? AccessPoint, bool AsksIam)
{
    public static Volume Read(JsonObject json)
    {
        var efs = json.Structure("efsVolumeConfiguration");
        var authorization = efs.Structure("authorizationConfig");
        return new Volume(
            json.Text("name") ?? "",
            efs.Text("fileSystemId"),
            efs.Text("rootDirectory"),
            authorization.Text("accessPointId"),
            authorization.Text("iam") == "ENABLED");
    }
}
