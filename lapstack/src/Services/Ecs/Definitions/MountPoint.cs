using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>Where a container sees one of its task's volumes.</summary>
internal sealed record MountPoint(string Volume, string Path, bool IsReadOnly)
{
    public static MountPoint Read(JsonObject json) => new(
        json.Text("sourceVolume") ?? "", json.Text("containerPath") ?? "", json.Flag("readOnly"));
}
