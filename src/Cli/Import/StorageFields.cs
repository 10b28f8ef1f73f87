using System.Text;
using System.Text.Json;

namespace Jobs.Cli.Import;

/// <summary>Disk, read-only root, and volumes.</summary>
internal static class StorageFields
{
    private const string Managed =
        "Copilot made this file system and its access point, and its files stay in it. Give its id as efs.id, and " +
        "import again; until then the volume is empty, and each task has its own.";

    private const int FreeGiB = 20;

    public static void Add(WorkloadCode code, ManifestNode manifest)
    {
        if (manifest.Find("storage", "ephemeral") is { } disk)
        {
            var size = disk.Number(FreeGiB, 200);
            if (size > FreeGiB) code.Definition.Set("EphemeralStorageGiB", CSharp.Number(size), "null");
            else code.Definition.Remark("EphemeralStorageGiB", "Every task has the 20 GiB of storage.ephemeral.");
        }

        if (manifest.Find("storage", "readonly_fs") is { } readOnly)
        {
            code.Props.Set("ReadOnlyRoot", CSharp.Flag(readOnly.Flag()), "false");
        }

        if (manifest.Find("storage", "volumes") is not { IsMap: true } volumes) return;
        var made = volumes.Members.Select(volume => Volume(code.Props, volume.Key, volume.Value)).ToList();
        code.Props.Set("Volumes", CSharp.List(made), "[]");
        code.Props.Set(
            "Mounts", CSharp.List([.. volumes.Members.Select(volume => Mount(volume.Key, volume.Value))]), "[]");
        AddPermissions(code.After, volumes);
    }

    /// <summary>What Copilot says of the volumes in COPILOT_MOUNT_POINTS; null for none.</summary>
    public static string? MountPoints(ManifestNode manifest)
    {
        if (manifest.Find("storage", "volumes") is not { IsMap: true } volumes) return null;
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, volume) in volumes.Members) writer.WriteString(name, volume["path"]?.Scalar ?? "");
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    /// <summary>Where a container sees a volume.</summary>
    public static string Mount(string volume, ManifestNode mount) => CSharp.Short(
        "new MountPoint",
        ("SourceVolume", CSharp.Text(volume)),
        ("ContainerPath", CSharp.Text(
            (mount.Find("path") ?? throw mount.Fault("has a path", "Write it as path: /var/data.")).Text())),
        ("ReadOnly", CSharp.Flag(mount.Find("read_only")?.Flag() ?? true)));

    private static string Volume(Section props, string name, ManifestNode volume)
    {
        var head = ("Name", CSharp.Text(name));
        if (volume.Find("efs") is not { } efs) return CSharp.Short("new Volume", head);
        if (efs is { IsFlag: true, Scalar: ['f' or 'F', ..] })
        {
            efs.Map();
            return CSharp.Short("new Volume", head);
        }

        if (IdOf(efs) is not { } id)
        {
            props.Leave("Volumes", efs, Managed);
            return CSharp.Short("new Volume", head);
        }

        var config = new List<(string, string)>
        {
            ("FileSystemId", id),
            ("TransitEncryption", "\"ENABLED\""),
        };
        if (efs.Find("root_dir") is { } root) config.Add(("RootDirectory", CSharp.Text(root.Text())));
        var auth = new List<(string, string)>
        {
            ("Iam", efs.Find("auth", "iam")?.Flag() ?? true ? "\"ENABLED\"" : "\"DISABLED\""),
        };
        if (efs.Find("auth", "access_point_id") is { } point) auth.Add(("AccessPointId", CSharp.Text(point.Text())));
        config.Add(("AuthorizationConfig", CSharp.Short("new AuthorizationConfig", auth)));
        return CSharp.Initialized(
            "new Volume", [head, ("EfsVolumeConfiguration", CSharp.Initialized("new EfsVolumeConfiguration", config))]);
    }

    /// <summary>Code of the file system's id; null for one that Copilot manages.</summary>
    private static string? IdOf(ManifestNode efs)
    {
        if (efs.Find("id", "from_cfn") is { } export) return $"Fn.ImportValue({CSharp.Text(export.Text())})";
        return efs.Find("id") is { Scalar: not "copilot" and not "managed" } id ? CSharp.Text(id.Text()) : null;
    }

    /// <summary>What a task may do with a file system is IAM's to say, and its network's.</summary>
    private static void AddPermissions(Section after, ManifestNode volumes)
    {
        var systems =
            from volume in volumes.Members
            where volume.Value.Find("efs") is { IsMap: true }
            let id = IdOf(volume.Value.Find("efs")!)
            where id is not null
            group volume.Value["read_only"]?.Scalar is "false" by id;
        var lines = systems.Select(system =>
        {
            var isWritten = CSharp.Flag(system.Any(one => one));
            return $"Copilot.AllowFileSystem(job, {system.Key}, isWritten: {isWritten});";
        }).ToList();
        if (lines.Count == 0) return;
        after.Set(
            "storage.volumes", string.Join('\n', lines), "",
            "The file system must be reached from the runner's network: Vpc and SecurityGroups in Program.cs.");
    }
}
