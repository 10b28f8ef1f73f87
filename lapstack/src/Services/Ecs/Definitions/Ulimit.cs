using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>A resource limit of a container's processes, such as nofile.</summary>
internal sealed record Ulimit(string Name, int Soft, int Hard)
{
    public static Ulimit Read(JsonObject json) =>
        new(json.Text("name") ?? "", json.Number("softLimit") ?? 0, json.Number("hardLimit") ?? 0);
}
