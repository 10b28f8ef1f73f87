using Jobs.Core.Sizes;

namespace Jobs.Cli.Import;

/// <summary>From a manifest, as one environment has it, to code.</summary>
internal sealed class WorkloadConversion
{
    private const string NoVariables = "new Dictionary<string, string>()";

    private readonly Workload _workload;
    private readonly ManifestNode _manifest;
    private readonly ImportPlace _place;
    private readonly WorkloadCode _code = new();
    private readonly bool _isArm;

    private WorkloadConversion(Workload workload, ManifestNode manifest, ImportPlace place)
    {
        (_workload, _manifest, _place) = (workload, manifest, place);
        _isArm = PlatformOf(manifest, takes: true) is { } platform && IsArm(platform);
    }

    /// <param name="manifest">As the environment has it.</param>
    public static WorkloadCode Convert(Workload workload, ManifestNode manifest, ImportPlace place)
    {
        var conversion = new WorkloadConversion(workload, manifest, place);
        conversion.AddAll();
        return conversion._code;
    }

    /// <summary>Why the workload cannot be imported at all; null when it can.</summary>
    public static string? Obstacle(ManifestNode manifest) =>
        PlatformOf(manifest, takes: false) is { } platform
            && platform.StartsWith("windows", StringComparison.OrdinalIgnoreCase)
            ? "it is a Windows container, and every task definition here says Linux"
            : null;

    private void AddAll()
    {
        if (_manifest["name"] is { } name) name.Map();
        _manifest["type"]?.Map();
        AddSize();
        if (_workload.IsService) ServiceFields.Add(_code, _manifest, _place);
        else JobFields.Add(_code, _workload.Name, _manifest);
        AddVariables();
        AddContainer();
        StorageFields.Add(_code, _manifest);
        SidecarFields.Add(_code, _workload.Name, _manifest, _isArm, _place);
        LoggingFields.Add(_code, _manifest);
        TopicFields.AddPublished(_code, _workload.Name, _manifest, _place);
        NetworkFields.Add(_code, _manifest);
        OtherFields.Add(_code, _manifest, _workload.IsService);
    }

    private void AddSize()
    {
        _code.Definition.Set(
            "HasHost", "false", "true", "Copilot's image has no host of ours: exit code 0 is success.");
        var (cpuNode, memoryNode) = (_manifest.Find("cpu"), _manifest.Find("memory"));
        var cpu = cpuNode?.Number(1) ?? 256;
        var memory = memoryNode?.Number(1) ?? 512;
        if (FargateSizes.MemoriesFor(cpu) is not { Count: > 0 } memories)
        {
            throw cpuNode!.Fault(
                "is a size that Fargate has", $"Write it as one of {string.Join(", ", FargateSizes.Cpus)}.");
        }

        if (!memories.Contains(memory))
        {
            throw (memoryNode ?? cpuNode!).Fault(
                $"is a size that Fargate has with cpu: {cpu}",
                $"Write memory as one of {string.Join(", ", memories)}.");
        }

        _code.Definition.Set("Cpu", CSharp.Number(cpu), "256");
        _code.Definition.Set("MemoryMiB", CSharp.Number(memory), "512");
        if (_isArm) _code.Definition.Set("Architecture", "Architecture.Arm64", "Architecture.X64");
    }

    private void AddVariables()
    {
        var variables = new List<(string Key, string Code)>
        {
            ("COPILOT_APPLICATION_NAME", "Copilot.Application"),
            ("COPILOT_ENVIRONMENT_NAME", "environment"),
            ("COPILOT_SERVICE_NAME", CSharp.Text(_workload.Name)),
        };
        if (StorageFields.MountPoints(_manifest) is { } mounts)
        {
            variables.Add(("COPILOT_MOUNT_POINTS", CSharp.Text(mounts)));
        }

        var imported = new List<string>();
        variables.AddRange(ContainerCode.Variables(
            _manifest.Find("variables"),
            (name, value) => imported.Add($"container?.AddEnvironment({CSharp.Text(name)}, {value});"),
            (node, reason) => _code.Definition.Leave("Environment", node, reason)));
        _code.Definition.Set(
            "Environment", CSharp.Dictionary("string", [.. variables.DistinctBy(pair => pair.Key)]), NoVariables,
            "COPILOT_… is what Copilot told the image: remove what it does not read.");
        if (imported.Count > 0)
        {
            _code.After.Set(
                "variables", string.Join('\n', imported), "",
                "Exports of other stacks are known when it is deployed, so they are not in the declaration.");
        }
    }

    private void AddContainer()
    {
        var image = _manifest["image"] ?? throw _manifest.Fault("has no image", "Add image with build or location.");
        var props = _code.Props;
        props.Set("Image", ImageCode.Of(image, null, "Image", _isArm, _place), "");
        if (!_workload.HasImage) props.Remark("Image", "Only environments have an image: this is the first one's.");
        if (_manifest.Find("entrypoint") is { } entry) props.Set("EntryPoint", ContainerCode.Words(entry), "null");
        if (_manifest.Find("command") is { } command) props.Set("Command", ContainerCode.Words(command), "null");
        AddEnvironmentFile();
        var secrets = ContainerCode.Secrets(
            _manifest.Find("secrets"), "", (node, reason) => props.Leave("Secrets", node, reason));
        if (secrets.Count > 0)
        {
            props.Set("Secrets", CSharp.Dictionary("Secret", secrets), "new Dictionary<string, Secret>()");
        }

        if (image.Find("depends_on") is { } depends)
        {
            props.Set(
                "DependsOn",
                ContainerCode.DependsOn(depends, _workload.Name),
                "new Dictionary<string, ContainerDependencyCondition>()");
        }

        if (image.Find("healthcheck") is { } check)
        {
            check.Find("command")?.Map();
            props.Set("HealthCheck", ContainerCode.HealthCheck(check), "null");
        }

        if (image.Find("labels") is { } labels)
        {
            _code.After.Set("image.labels", string.Join('\n', labels.Pairs().Select(pair =>
                $"container?.AddDockerLabel({CSharp.Text(pair.Key)}, {CSharp.Text(pair.Value)});")), "");
        }
    }

    private void AddEnvironmentFile()
    {
        if (_manifest.Find("env_file") is not { } file) return;
        if (!ContainerCode.IsEnvironmentFile(file)) _code.Props.Leave("EnvironmentFiles", file, ContainerCode.BadFile);
        else
        {
            var path = ImportPlace.CodeOf(file.Text());
            _code.Props.Set(
                "EnvironmentFiles", $"[Copilot.EnvironmentFile(scope, \"EnvironmentFile\", {path})]", "[]");
        }
    }

    private static bool IsArm(string platform) => platform.Contains("arm", StringComparison.OrdinalIgnoreCase);

    /// <param name="takes">Marks it as read.</param>
    private static string? PlatformOf(ManifestNode manifest, bool takes)
    {
        if (manifest.Find("platform") is not { } platform) return null;
        if (takes) platform.Map();
        var text = platform.IsMap
            ? $"{platform["osfamily"]?.Scalar ?? "linux"}/{platform["architecture"]?.Scalar ?? "x86_64"}"
            : platform.Scalar ?? "";
        return text.Split('/') is [var os, var processor]
            && (os.StartsWith("linux", StringComparison.OrdinalIgnoreCase)
                || os.StartsWith("windows", StringComparison.OrdinalIgnoreCase))
            && processor.ToLowerInvariant() is "x86_64" or "amd64" or "arm" or "arm64"
            ? text
            : throw platform.Fault("is an operating system and a processor", "Write it as platform: linux/x86_64.");
    }
}
