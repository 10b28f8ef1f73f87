namespace Jobs.Cli.Import;

/// <summary>Containers beside the job's.</summary>
internal static class SidecarFields
{
    private const string Worker = "worker";

    public static void Add(WorkloadCode code, string workload, ManifestNode manifest, bool isArm, ImportPlace place)
    {
        if (manifest.Find("sidecars") is not { IsMap: true } sidecars) return;
        var all = sidecars.Members
            .Select(sidecar => Sidecar(code, workload, sidecar.Key, sidecar.Value, isArm, place))
            .ToList();
        code.Props.Set("Sidecars", CSharp.List(all), "[]");
    }

    private static string Sidecar(
        WorkloadCode code, string workload, string name, ManifestNode sidecar, bool isArm, ImportPlace place)
    {
        if (name == Worker)
        {
            throw sidecar.Fault("is not called worker, as the job's container is", "Rename the sidecar.");
        }

        if (sidecar["image"] is not { } image)
        {
            throw sidecar.Fault("has an image", "Write it as image: example.com/agent:1.");
        }

        var id = CSharp.Name(name);
        var options = new List<(string Name, string Code)>
        {
            ("Image", ImageCode.Of(image, sidecar.Find("credentialsParameter"), id, isArm, place)),
        };
        if (sidecar.Find("essential") is { } essential) options.Add(("Essential", CSharp.Flag(essential.Flag())));
        if (sidecar.Find("port") is { } port) options.Add(("PortMappings", Port(port)));
        if (sidecar.Find("entrypoint") is { } entry) options.Add(("EntryPoint", ContainerCode.Words(entry)));
        if (sidecar.Find("command") is { } command) options.Add(("Command", ContainerCode.Words(command)));
        AddEnvironment(code, id, sidecar, options);
        if (sidecar.Find("healthcheck") is { } check) options.Add(("HealthCheck", ContainerCode.HealthCheck(check)));
        if ((sidecar.Find("labels") ?? image.Find("labels")) is { } labels)
        {
            options.Add(("DockerLabels", CSharp.Dictionary(
                "string", [.. labels.Pairs().Select(pair => (pair.Key, CSharp.Text(pair.Value)))])));
        }

        var made = CSharp.Initialized("new ContainerDefinitionOptions", options);
        return $"new Sidecar({CSharp.Text(name)}, {made}){Own(workload, sidecar, image)}";
    }

    private static void AddEnvironment(
        WorkloadCode code, string id, ManifestNode sidecar, List<(string Name, string Code)> options)
    {
        var imported = new List<(string, string)>();
        var variables = ContainerCode.Variables(
            sidecar.Find("variables"), (name, value) => imported.Add((name, value)), Leave);
        if (variables.Count + imported.Count > 0)
        {
            options.Add(("Environment", CSharp.Dictionary("string", [.. variables, .. imported])));
        }

        var secrets = ContainerCode.Secrets(sidecar.Find("secrets"), id, Leave);
        if (secrets.Count > 0) options.Add(("Secrets", CSharp.Dictionary("Secret", secrets)));
        if (sidecar.Find("env_file") is not { } file) return;
        if (!ContainerCode.IsEnvironmentFile(file))
        {
            Leave(file, ContainerCode.BadFile);
            return;
        }

        var path = ImportPlace.CodeOf(file.Text());
        options.Add(("EnvironmentFiles", $"[Copilot.SidecarFile(scope, {CSharp.Text($"{id}File")}, {path})]"));
        code.After.Set("sidecars.env_file", "Copilot.LetReadFiles(job, scope);", "");

        void Leave(ManifestNode node, string reason) => code.Props.Leave("Sidecars", node, reason);
    }

    /// <summary>8080, or 8080/udp.</summary>
    private static string Port(ManifestNode port)
    {
        var parts = port.Text().Split('/');
        if (!int.TryParse(parts[0], out var number) || number is < 1 or > 65_535)
        {
            throw port.Fault("is a port", "Write it as port: 8080.");
        }

        var members = new List<(string, string)> { ("ContainerPort", CSharp.Number(number)) };
        if (parts is [_, "udp"]) members.Add(("Protocol", "Amazon.CDK.AWS.ECS.Protocol.UDP"));
        return $"[{CSharp.Short("new PortMapping", members)}]";
    }

    /// <summary>What a sidecar has here besides ECS's options: mounts, and what it waits for.</summary>
    private static string Own(string workload, ManifestNode sidecar, ManifestNode image)
    {
        var own = new List<(string Name, string Code)>();
        if (sidecar.Find("mount_points") is { IsList: true } mounts)
        {
            own.Add(("Mounts", CSharp.List(
            [
                .. mounts.Items.Select(mount => StorageFields.Mount(
                    (mount.Find("source_volume")
                        ?? throw mount.Fault("has a source_volume", "Name a volume of storage.volumes.")).Text(),
                    mount)),
            ])));
        }

        if ((sidecar.Find("depends_on") ?? image.Find("depends_on")) is { } depends)
        {
            own.Add(("DependsOn", ContainerCode.DependsOn(depends, workload)));
        }

        return own.Count == 0 ? "" : CSharp.Initialized("", own);
    }
}
