using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Lapstack.Services.Ecs.Definitions.Handling;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>
/// Every property of a task definition, and what becomes of it here. A property that is not named belongs to the
/// nearest one that it is in; one that is in none of these is refused, because AWS may have made it since.
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
/// </summary>
internal static class DefinitionProperties
{
    private const string Container = "container";

    public static IReadOnlyList<DefinitionProperty> All { get; } = [.. OfTask(), .. OfVolume(), .. OfContainer()];

    /// <summary>What a definition says that is not as on Fargate: the property, and the place that says it.</summary>
    public static IEnumerable<(DefinitionProperty Property, string Place)> Find(
        JsonObject definition, ContainerMode mode)
    {
        foreach (var (path, place, value) in Walk(definition))
        {
            var property = Of(path);
            if (property.In(mode) is Enforced or Kept || !Says(value)) continue;
            if (property.Applies?.Invoke(value) != false) yield return (property, place);
        }
    }

    /// <summary>The property that a path belongs to.</summary>
    public static DefinitionProperty Of(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
            if (All.FirstOrDefault(p => p.Path.Equals(path[..end], StringComparison.OrdinalIgnoreCase)) is { } known)
                return known;
        return new(path, Refused, Refused, "it is not known here");
    }

    private static IEnumerable<DefinitionProperty> OfTask() =>
    [
        Everywhere("family", Enforced),
        Everywhere("taskRoleArn", Enforced),
        Everywhere("executionRoleArn", Enforced),
        Everywhere("networkMode", Enforced),
        Everywhere("requiresCompatibilities", Enforced),
        Everywhere("containerDefinitions", Enforced),
        new("cpu", Kept, Enforced, "a process has as much CPU as it takes"),
        Everywhere("memory", Enforced),
        Everywhere("ephemeralStorage", Warned, "this machine's disk is the limit"),
        new("runtimePlatform.cpuArchitecture", Warned, Enforced, "the program runs on this machine's architecture")
        {
            Applies = value => $"{value}" != (RuntimeInformation.OSArchitecture == Architecture.Arm64
                ? "ARM64"
                : "X86_64"),
        },
        Everywhere("runtimePlatform.operatingSystemFamily", Refused, "containers of Windows do not run here") with
        {
            Applies = value => $"{value}" != "LINUX",
        },
        Everywhere("pidMode", Warned, "processes are shared as this machine shares them"),
        Everywhere("proxyConfiguration", Refused, "there is no App Mesh here"),
        Everywhere("enableFaultInjection", Warned, "faults are injected by the emulator's own switches only"),
        Everywhere("tags", Kept),
        Everywhere("ipcMode", NotOnFargate),
        Everywhere("placementConstraints", NotOnFargate),
        Everywhere("inferenceAccelerators", NotOnFargate),
    ];

    private static IEnumerable<DefinitionProperty> OfVolume() =>
    [
        Everywhere("volumes.name", Enforced),
        Everywhere("volumes.host.sourcePath", NotOnFargate),
        Everywhere("volumes.dockerVolumeConfiguration", NotOnFargate),
        Everywhere("volumes.efsVolumeConfiguration", Enforced),
        Everywhere("volumes.efsVolumeConfiguration.transitEncryption", Kept),
        Everywhere("volumes.efsVolumeConfiguration.transitEncryptionPort", Kept),
        Everywhere("volumes.s3filesVolumeConfiguration", Refused, "there is no S3 Files here"),
        Everywhere("volumes.fsxWindowsFileServerVolumeConfiguration", NotOnFargate),
        Everywhere("volumes.configuredAtLaunch", Refused, "there are no EBS volumes here"),
    ];

    private static IEnumerable<DefinitionProperty> OfContainer() =>
    [
        .. new[]
        {
            "name", "image", "essential", "entryPoint", "command", "workingDirectory", "environment",
            "environmentFiles", "secrets", "dependsOn", "startTimeout", "stopTimeout", "healthCheck", "memory",
            "mountPoints",
        }.Select(name => Everywhere($"{Container}.{name}", Enforced)),
        new($"{Container}.mountPoints.readOnly", Warned, Enforced, "a process may write there"),
        new($"{Container}.cpu", Kept, Enforced, "a process has as much CPU as it takes"),
        new($"{Container}.memoryReservation", Kept, Enforced, "only the limit is watched"),
        Everywhere($"{Container}.portMappings", Kept, "ports are those of this machine, for all tasks together"),
        Everywhere($"{Container}.versionConsistency", Kept),
        new($"{Container}.dockerLabels", Kept, Enforced, "a process has no labels"),
        new($"{Container}.user", Warned, Enforced, "the process runs as you"),
        new($"{Container}.readonlyRootFilesystem", Warned, Enforced, "the process may write where you may"),
        new($"{Container}.interactive", Warned, Enforced, "standard input is closed"),
        new($"{Container}.pseudoTerminal", Warned, Enforced, "the process has no terminal"),
        new($"{Container}.ulimits", Warned, Enforced, "the limits are those of the emulator"),
        new($"{Container}.linuxParameters.capabilities", Warned, Enforced, "the process has yours"),
        new($"{Container}.linuxParameters.initProcessEnabled", Kept, Enforced, "a process needs none"),
        Everywhere($"{Container}.restartPolicy", Warned, "a container that ends is not started again"),
        Everywhere($"{Container}.systemControls", Warned, "kernel parameters are this machine's"),
        Everywhere(
            $"{Container}.repositoryCredentials", Warned, "images are pulled with the container engine's own login"),
        Everywhere($"{Container}.volumesFrom", Refused, "give the container mount points of its own"),
        Everywhere(
            $"{Container}.logConfiguration.options",
            Enforced,
            "group, stream prefix and create-group; others are kept"),
        Everywhere($"{Container}.logConfiguration.logDriver", Warned, "only awslogs keeps lines here") with
        {
            Applies = value => $"{value}" != "awslogs",
        },
        Everywhere($"{Container}.logConfiguration.secretOptions", Warned, "only awslogs keeps lines here"),
        Everywhere($"{Container}.firelensConfiguration", Warned, "no lines are routed"),
        .. new[]
        {
            "links", "hostname", "dnsServers", "dnsSearchDomains", "extraHosts", "disableNetworking",
            "dockerSecurityOptions", "privileged", "resourceRequirements", "credentialSpecs",
            "linuxParameters.devices", "linuxParameters.sharedMemorySize", "linuxParameters.tmpfs",
            "linuxParameters.maxSwap", "linuxParameters.swappiness",
        }.Select(name => Everywhere($"{Container}.{name}", NotOnFargate)),
    ];

    private static DefinitionProperty Everywhere(string path, Handling handling, string sentence = "") =>
        new(path, handling, handling, sentence);

    /// <summary>Everything that has a value of its own, under the task's, a volume's or a container's path.</summary>
    private static IEnumerable<(string Path, string Place, JsonNode Value)> Walk(JsonObject definition)
    {
        foreach (var (name, value) in definition)
        {
            var parts = name switch
            {
                "containerDefinitions" => Entries(value, Container),
                "volumes" => Entries(value, "volumes"),
                _ => Below(name, "", value),
            };
            foreach (var part in parts) yield return part;
        }
    }

    private static IEnumerable<(string Path, string Place, JsonNode Value)> Entries(JsonNode? list, string path) =>
        from entry in list as JsonArray ?? []
        let kind = path == Container ? "container" : "volume"
        from part in Below(path, $"{kind} {entry?["name"]}: ", entry)
        select part;

    private static IEnumerable<(string Path, string Place, JsonNode Value)> Below(
        string path, string place, JsonNode? node) => node switch
        {
            JsonObject json => json.SelectMany(member => Below($"{path}.{member.Key}", place, member.Value)),
            JsonArray array => array.SelectMany(item => Below(path, place, item)),
            null => [],
            _ => [(path, $"{place}{path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]}", node)],
        };

    private static bool Says(JsonNode value) =>
        value.GetValueKind() is not JsonValueKind.False && $"{value}" is not ("" or "false");
}
