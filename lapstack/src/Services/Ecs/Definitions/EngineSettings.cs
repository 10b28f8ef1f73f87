using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>What of a container only an engine can do; a plain process is not given it.</summary>
/// <param name="MemoryReservationMiB">The soft limit; null for none.</param>
/// <param name="User">As the engine takes it: a name or number, with a group after a colon; null: the image's.</param>
/// <param name="Init">Whether a first process forwards signals and reaps what ended.</param>
internal sealed record EngineSettings(
    int? MemoryReservationMiB,
    string? User,
    bool IsRootReadOnly,
    bool IsInteractive,
    bool HasTerminal,
    bool Init,
    IReadOnlyList<Ulimit> Ulimits,
    IReadOnlyList<string> AddedCapabilities,
    IReadOnlyList<string> DroppedCapabilities,
    IReadOnlyDictionary<string, string> Labels)
{
    public static EngineSettings Read(JsonObject json)
    {
        var linux = json.Structure("linuxParameters");
        var capabilities = linux.Structure("capabilities");
        return new EngineSettings(
            json.Number("memoryReservation"),
            json.Text("user"),
            json.Flag("readonlyRootFilesystem"),
            json.Flag("interactive"),
            json.Flag("pseudoTerminal"),
            linux.Flag("initProcessEnabled"),
            [.. json.Structures("ulimits").Select(Ulimit.Read)],
            capabilities.Texts("add") ?? [],
            capabilities.Texts("drop") ?? [],
            json.Structure("dockerLabels").ToDictionary(label => label.Key, label => $"{label.Value}"));
    }
}
