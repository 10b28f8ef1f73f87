using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Lapstack.Tests.Ecs;

/// <summary>
/// Tasks whose containers run in Podman or Docker, of an image that is built from nothing but a shell.
/// </summary>
public sealed class ContainerEngineTests
{
    private const string Forever = "while :; do sleep 0.05; done";

    [EngineFact]
    public async Task A_container_has_its_image_its_variables_and_its_exit_code()
    {
        await using var bench = Bench(EcsBench.Definition(d =>
        {
            var worker = d["containerDefinitions"]![0]!;
            worker["secrets"] = JsonNode.Parse("""[{"name":"KEY","valueFrom":"/acme/key"}]""");
            worker["environment"]!.AsArray().Add(new JsonObject { ["name"] = "PATH", ["value"] = "/bin:/mine" });
            worker["workingDirectory"] = "/bin";
        }));
        bench.Secrets["/acme/key"] = "first line\nsecond $line";

        var detail = await bench.RunToEndAsync(
            "pwd; echo $FROM_IMAGE $GREETING $PATH; echo \"$KEY\"; ls / | tr '\\n' ' '; echo; exit 7");

        Assert.Equal("Essential container in task exited", $"{detail["stoppedReason"]}");
        Assert.Equal(["/bin", "yes hello /bin:/mine", "first line", "second $line"], bench.Lines().Take(4));
        Assert.DoesNotContain("home", bench.Lines()[4], StringComparison.Ordinal);
        Assert.Equal(7, ExitCode(detail));
        Assert.Equal("EssentialContainerExited", $"{detail["stopCode"]}");
        await AssertNothingLeftAsync(detail);
    }

    [EngineFact]
    public async Task A_container_is_asked_to_end_and_ended_when_its_grace_has_passed()
    {
        await using var bench = Bench(
            EcsBench.WithSidecar($"trap '' TERM; echo ready; {Forever}", essential: false, null, sidecar =>
                sidecar["stopTimeout"] = 1));
        var arn = await bench.RunAsync($"trap 'echo told; exit 3' TERM; echo ready; {Forever}");
        await bench.UntilAsync(() => bench.Lines().Count(line => line == "ready") == 2);

        await bench.CallAsync("StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = arn });
        var detail = await bench.UntilStatusAsync("STOPPED");

        Assert.True(bench.Printed("told"));
        Assert.Equal([3, 137], detail["containers"]!.AsArray().Select(c => c!["exitCode"]!.GetValue<int>()));
    }

    [EngineFact]
    public async Task Limits_user_capabilities_and_the_read_only_root_are_the_containers()
    {
        await using var bench = Bench(EcsBench.Definition(d =>
        {
            var worker = d["containerDefinitions"]![0]!;
            worker["user"] = "1000:1001";
            worker["readonlyRootFilesystem"] = true;
            worker["linuxParameters"] = JsonNode.Parse("""{"capabilities":{"drop":["CHOWN"]}}""");
            worker["ulimits"] = JsonNode.Parse("""
                [{"name":"nofile","softLimit":101,"hardLimit":102},{"name":"nproc","softLimit":900,"hardLimit":900}]
                """);
            worker["dockerLabels"] = JsonNode.Parse("""{"Team.Name":"acme"}""");
        }));

        var detail = await bench.RunToEndAsync("id -u; id -g; ulimit -n; echo x > /new && echo wrote; exit 0");

        Assert.Equal(["1000", "1001", "101"], bench.Lines().Take(3));
        Assert.False(bench.Printed("wrote"));
        Assert.Equal(0, ExitCode(detail));
    }

    [EngineFact]
    public async Task Memory_above_the_limit_kills_the_container()
    {
        await using var bench = Bench(
            EcsBench.Definition(d => d["containerDefinitions"]![0]!["memory"] = 24));

        var detail = await bench.RunToEndAsync("x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; while :; do x=$x$x; done");

        Assert.Equal(137, ExitCode(detail));
    }

    [EngineFact]
    public async Task Containers_share_a_volume_wait_for_health_and_end_in_order()
    {
        var definition = EcsBench.WithSidecar(
            $"trap 'echo sidecar ends; exit 0' TERM; sleep 0.3; echo shared > /shared/file; {Forever}",
            essential: false,
            "HEALTHY",
            sidecar => sidecar["healthCheck"] = JsonNode.Parse(
                """{"command":["CMD-SHELL","test -f /shared/file"],"interval":5,"timeout":120,"retries":10}"""));
        definition["volumes"] = JsonNode.Parse("""[{"name":"shared"}]""");
        foreach (var container in definition["containerDefinitions"]!.AsArray())
            container!["mountPoints"] = JsonNode.Parse("""[{"sourceVolume":"shared","containerPath":"/shared"}]""");
        definition["containerDefinitions"]![0]!["mountPoints"]![0]!["readOnly"] = true;
        await using var bench = Bench(definition);

        await bench.RunToEndAsync("cat /shared/file; echo no > /shared/file && echo wrote; echo worker ends");

        Assert.Contains("shared", bench.Lines());
        Assert.False(bench.Printed("wrote"));
        Assert.True(bench.Printed("sidecar ends"));
    }

    [EngineFact]
    public async Task A_container_reads_its_metadata_from_the_emulators_loopback_address()
    {
        await using var bench = Bench(EcsBench.Definition());

        await bench.RunToEndAsync("echo $ECS_CONTAINER_METADATA_URI_V4; cat /proc/net/dev | grep -c lo:");

        Assert.StartsWith("http://127.0.0.1:4566/_ecs/", bench.Lines()[0], StringComparison.Ordinal);
        Assert.Equal("1", bench.Lines()[1]);
    }

    [EngineFact]
    public async Task What_cannot_be_pulled_or_started_says_so_in_the_engines_words()
    {
        await using var registry = Bench(EcsBench.Definition(d =>
            d["containerDefinitions"]![0]!["image"] = "registry.invalid/none:1"));
        await using var program = Bench(EcsBench.Definition(d =>
            d["containerDefinitions"]![0]!["entryPoint"] = new JsonArray("/no/such/program")));

        var unpulled = await registry.RunToEndAsync("exit 0");
        var unstarted = await program.RunToEndAsync("exit 0");

        Assert.StartsWith(
            "CannotPullContainerError: registry.invalid/none:1: ", $"{unpulled["stoppedReason"]}",
            StringComparison.Ordinal);
        Assert.StartsWith(
            "CannotStartContainerError: container worker: ", $"{unstarted["stoppedReason"]}", StringComparison.Ordinal);
        Assert.Contains("/no/such/program", $"{unstarted["stoppedReason"]}", StringComparison.Ordinal);
        Assert.Equal("TaskFailedToStart", $"{unstarted["stopCode"]}");
    }

    [EngineFact]
    public async Task Containers_that_a_killed_emulator_left_are_removed_at_the_next_start()
    {
        await using var bench = Bench(EcsBench.Definition());
        var arn = await bench.RunAsync($"echo up; {Forever}");
        await bench.UntilAsync(() => bench.Printed("up"));
        var left = await AskAsync("ps", "--quiet", "--filter", $"name={arn.Split('/')[^1]}");

        await bench.EndLeftoversAsync();

        Assert.NotEqual("", left);
        Assert.Equal("", await AskAsync("ps", "--all", "--quiet", "--filter", $"name={arn.Split('/')[^1]}"));
    }

    private static EcsBench Bench(JsonObject definition) =>
        new(definition, engine: EngineFactAttribute.Engine, writeImage: WriteImage);

    private static void WriteImage(string folder)
    {
        File.Copy(EngineFactAttribute.Shell, Path.Combine(folder, "busybox"));
        // Several stages and links, which no process could be given.
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), """
            FROM scratch AS shell
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]

            FROM scratch
            COPY --from=shell /bin /bin
            ENV PATH=/bin FROM_IMAGE=yes
            ENTRYPOINT ["sh", "-c", "eval \"$SCRIPT\""]
            """);
    }

    private static int ExitCode(JsonNode detail) => detail["containers"]![0]!["exitCode"]!.GetValue<int>();

    private static async Task AssertNothingLeftAsync(JsonNode detail)
    {
        var id = $"{detail["taskArn"]}".Split('/')[^1];
        Assert.Equal("", await AskAsync("ps", "--all", "--quiet", "--filter", $"name={id}"));
    }

    private static async Task<string> AskAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(EngineFactAttribute.Engine!, arguments) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Trim();
    }
}
