using System.Text.Json.Nodes;

namespace Lapstack.Tests.Ecs;

/// <summary>
/// Volumes of a task whose containers are processes: paths in variables and arguments lead to folders.
/// </summary>
public sealed class TaskVolumesTests
{
    [Fact]
    public async Task Containers_share_an_empty_volume_that_ends_with_the_task()
    {
        await using var bench = new EcsBench(
            Mounting(
                EcsBench.WithSidecar("echo shared > \"$DATA/file\"", essential: false, condition: "SUCCESS"),
                """{"name":"data"}"""));

        await bench.RunToEndAsync("cat \"$DATA/file\"; echo \"$DATA\"");

        Assert.Contains("shared", bench.Lines());
        var folder = bench.Lines()[^1];
        Assert.StartsWith(bench.StateFolder, folder, StringComparison.Ordinal);
        await bench.UntilAsync(() => !Directory.Exists(folder));
    }

    [Fact]
    public async Task A_file_system_keeps_its_files_for_the_next_task_also_below_another_root()
    {
        await using var bench = new EcsBench(Mounting(EcsBench.Definition(), FileSystem("/")));
        await bench.RunToEndAsync("mkdir -p \"$DATA/in\"; echo kept > \"$DATA/in/file\"");
        bench.Events.Clear();
        bench.Register(Mounting(EcsBench.Definition(), FileSystem("/in")));

        await bench.RunToEndAsync("cat \"$DATA/file\"");

        Assert.Contains("kept", bench.Lines());
    }

    [Fact]
    public async Task A_role_that_may_not_mount_the_file_system_fails_the_start()
    {
        await using var bench = new EcsBench(
            Mounting(EcsBench.Definition(), FileSystem("/", """,{"authorizationConfig":{"iam":"ENABLED"}}""")))
        {
            Refused = "elasticfilesystem:ClientMount",
        };

        var detail = await bench.RunToEndAsync("exit 0");

        Assert.Equal("TaskFailedToStart", detail["stopCode"]!.GetValue<string>());
        Assert.Matches(
            "^ResourceInitializationError: .*access denied by server.*role/task",
            detail["stoppedReason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_root_never_leads_out_of_the_file_system()
    {
        await using var bench = new EcsBench(Mounting(EcsBench.Definition(), FileSystem("/../../in")));

        await bench.RunToEndAsync("echo \"$DATA\"");

        Assert.EndsWith(Path.Combine("efs", "fs-1", "in"), bench.Lines()[^1], StringComparison.Ordinal);
    }

    private static string FileSystem(string root, string more = "")
    {
        var volume = JsonNode.Parse(
            $$$"""{"name":"data","efsVolumeConfiguration":{"fileSystemId":"fs-1","rootDirectory":"{{{root}}}"}}""")!;
        if (more.Length > 0)
            foreach (var (name, value) in JsonNode.Parse(more[1..])!.AsObject())
                volume["efsVolumeConfiguration"]![name] = value!.DeepClone();
        return volume.ToJsonString();
    }

    /// <summary>Every container mounts it at /data, and is told so by DATA.</summary>
    private static JsonObject Mounting(JsonObject definition, string volume)
    {
        definition["volumes"] = new JsonArray(JsonNode.Parse(volume));
        foreach (var container in definition["containerDefinitions"]!.AsArray())
        {
            container!["mountPoints"] = JsonNode.Parse("""[{"sourceVolume":"data","containerPath":"/data"}]""");
            container["environment"]!.AsArray().Add(new JsonObject { ["name"] = "DATA", ["value"] = "/data" });
        }

        return definition;
    }
}
