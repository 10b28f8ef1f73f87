using Jobs.Cli.Ground;
using Jobs.Cli.Import;

namespace Jobs.Tests.Unit.Cli.Import;

/// <summary>What an import makes of a manifest, field by field.</summary>
public sealed class CopilotImportTests
{
    private const string Any = CopilotFolder.Any;

    private const string Worker =
        "name: any\ntype: Worker Service\nimage: {location: example.com/any:1}\n";

    [Theory]
    [InlineData("retries: 3", "Retry = new RetryPolicy { Attempts = 4, BackoffSeconds = 10 },")]
    [InlineData("retries: 25", "Retry = new RetryPolicy { Attempts = 20, BackoffSeconds = 10 },")]
    [InlineData("", "Retry = new RetryPolicy { Attempts = 1, BackoffSeconds = 10 },")]
    [InlineData("timeout: 61s", "TimeoutMinutes = 2,")]
    [InlineData("timeout: 61s", "61s is rounded up to whole minutes.")]
    [InlineData("timeout: 1h", "RunTimeoutMinutes = 60,")]
    [InlineData("timeout: 200h", "TimeoutMinutes = 10_080,")]
    [InlineData("", "TimeoutMinutes = 10_080,")]
    [InlineData("storage: {ephemeral: 20}", "Every task has the 20 GiB of storage.ephemeral.")]
    [InlineData("platform: linux/arm64", "Architecture = Architecture.Arm64,")]
    [InlineData("command: echo 'a b'", "Command = [\"echo\", \"a b\"],")]
    [InlineData("variables: {A: \"say \\\"hi\\\"\\n\"}", "[\"A\"] = \"say \\\"hi\\\"\\n\",")]
    [InlineData("variables: {EMPTY: }", "[\"EMPTY\"] = \"\",")]
    [InlineData("env_file: .env", "// Left out: env_file: .env (line 5).")]
    [InlineData("retires: 3", "// Copilot has no field retires; did you mean 'retries'?")]
    [InlineData("count: 3", "// It does nothing for a Scheduled Job.")]
    [InlineData("network: {vpc: {placement: public}}", "The runner's own network has public subnets.")]
    [InlineData(
        "secrets: {A: {secretsmanager: 'db:key:AWSPREVIOUS:'}}",
        "new SecretVersionInfo { VersionStage = \"AWSPREVIOUS\" }, \"key\")")]
    [InlineData(
        "sidecars: {log: {image: example.com/log:1, port: 514/udp}}",
        "PortMappings = [new PortMapping { ContainerPort = 514, Protocol = Amazon.CDK.AWS.ECS.Protocol.UDP }],")]
    public void Field_of_a_job_becomes(string field, string code) =>
        Assert.Contains(code, CopilotFolder.Code($"{Any}{field}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "MaxTasks = 1,")]
    [InlineData("count: 4", "Service = new QueueService { MinTasks = 4 },")]
    [InlineData("count: {range: 2-9}", "MaxTasks = 9,")]
    [InlineData("count: {range: 2-9}", "Service = new QueueService { MinTasks = 2 },")]
    [InlineData("count: {spot: 5}", "Spot = true,")]
    [InlineData("count: 0", "remove the job to have none")]
    [InlineData("subscribe: {queue: {timeout: 45s}}", "VisibilitySeconds = 45,")]
    [InlineData("subscribe: {queue: {timeout: 5s}}", "resource.VisibilityTimeout = 5;")]
    [InlineData("subscribe: {queue: {dead_letter: {tries: 10}}}", "MaxReceives = 7,")]
    [InlineData("subscribe: {queue: {dead_letter: {tries: 2}}}", "4 in all, where the manifest has 2.")]
    [InlineData("", "MaxReceives = 1_000,")]
    [InlineData(
        "subscribe: {topics: [{name: t, service: s, filter_policy: {a: b}}]}",
        "// Left out: subscribe.topics[0].filter_policy.a: b (line 4).")]
    public void Field_of_a_worker_becomes(string field, string code) =>
        Assert.Contains(code, CopilotFolder.Code($"{Worker}{field}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("on: {schedule: sometimes}", "on.schedule is not a schedule")]
    [InlineData("retries: three", "retries is a whole number, 0 or more (found: three). Write it as retries: 0.")]
    [InlineData("timeout: soon", "timeout is a duration (found: soon)")]
    [InlineData("cpu: 300", "cpu is a size that Fargate has (found: 300). Write it as one of 256, 512")]
    [InlineData("memory: 300", "memory is a size that Fargate has with cpu: 256 (found: 300)")]
    [InlineData("platform: plan9/mips", "platform is an operating system and a processor")]
    [InlineData("storage: {readonly_fs: maybe}", "storage.readonly_fs is true or false (found: maybe)")]
    [InlineData("storage: {ephemeral: 300}", "storage.ephemeral is a whole number, 20 to 200")]
    [InlineData("storage: {volumes: {a: {efs: false}}}", "storage.volumes.a has a path")]
    [InlineData("command: echo 'a", "command has its quotes closed")]
    [InlineData("sidecars: {worker: {image: a}}", "sidecars.worker is not called worker")]
    [InlineData("sidecars: {log: {port: 80}}", "sidecars.log has an image")]
    [InlineData("sidecars: {log: {image: a, port: http}}", "sidecars.log.port is a port (found: http)")]
    [InlineData("image: {depends_on: {a: done}}", "image has build or location")]
    [InlineData("cpu: [256]", "cpu has one value (found: a list)")]
    public void Mistake_is_said_with_its_place_and_remedy(string field, string message)
    {
        var key = field.Split(':')[0];
        var manifest = string.Join('\n', Any.Split('\n').Where(line => line.Split(':')[0] != key)) + $"\n{field}\n";

        var fault = Assert.Throws<CliException>(() => CopilotFolder.Code(manifest));

        Assert.StartsWith("copilot/any/manifest.yml, line ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_of_all_manifests_are_said_at_once()
    {
        using var folder = new CopilotFolder()
            .With("a", Any + "retries: x\n")
            .With("b", Any.Replace("any", "b", StringComparison.Ordinal) + "timeout: x\n");

        var fault = Assert.Throws<CliException>(folder.Import);

        Assert.Equal(2, fault.Message.Split('\n').Length);
    }

    [Fact]
    public void Override_is_a_switch_and_what_it_adds_is_merged()
    {
        var code = CopilotFolder.Code(
            Any + "variables: {A: one, B: two}\nenvironments: {prod: {cpu: 512, memory: 1024, variables: {A: three}}}\n");

        Assert.Contains("\"prod\" => 512,\n                _ => 256,", code, StringComparison.Ordinal);
        Assert.Contains(
            "[\"A\"] = \"three\",\n                    [\"B\"] = \"two\",", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_of_an_override_replaces_the_build()
    {
        var code = CopilotFolder.Code(
            Any.Replace("{location: example.com/any:1}", "{build: any/Dockerfile}", StringComparison.Ordinal) +
            "environments: {prod: {image: {location: example.com/prod:1}}}\n");

        Assert.Contains(
            "\"prod\" => ContainerImage.FromRegistry(\"example.com/prod:1\"),", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_whose_context_holds_the_generated_project_leaves_it_out()
    {
        var code = CopilotFolder.Code(
            Any.Replace("{location: example.com/any:1}", "{build: Dockerfile}", StringComparison.Ordinal));

        Assert.Contains("Copilot.InWorkspace(\".\"),", code, StringComparison.Ordinal);
        Assert.Contains("Exclude = [\"out\"],", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Anchor_and_merge_key_are_followed()
    {
        var code = CopilotFolder.Code(
            Any + "variables: &base {A: one}\nsidecars: {log: {image: a, variables: {<<: *base, B: two}}}\n");

        Assert.Contains("[\"A\"] = \"one\",\n                        [\"B\"] = \"two\",", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("variables: &a\n  A: *a\n")]
    [InlineData("a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n" +
        "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n")]
    public void Aliases_without_end_are_refused(string field) =>
        Assert.Contains(
            "copilot/any/manifest.yml, line",
            Assert.Throws<CliException>(() => CopilotFolder.Code(Any + field)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Comment_of_a_value_with_lines_stays_a_comment()
    {
        var code = CopilotFolder.Code(Any + "retired: \"a\\n#error\\u2028#error\"\n");

        Assert.Contains("// Left out: retired: a\\n#error\\n#error (line 5).\n", code, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_job_is_named_with_the_reason()
    {
        using var folder = new CopilotFolder().With("any", Any)
            .With("web", "name: web\ntype: Load Balanced Web Service\n")
            .With("win", Any.Replace("any", "win", StringComparison.Ordinal) + "platform: windows/x86_64\n")
            .With("none", "provider: GitHub\n");

        var project = folder.Import();

        Assert.Equal(["any"], project.Workloads.Select(workload => workload.Name));
        Assert.Equal(
            ["copilot/none/manifest.yml", "copilot/web/manifest.yml", "copilot/win/manifest.yml"],
            project.Skipped.Select(skipped => skipped.File));
    }

    [Theory]
    [InlineData("Not_A_Name", "name has 1 to 64 lower-case letters")]
    [InlineData("", "has no name")]
    public void Name_that_no_job_can_have_is_refused(string name, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<CliException>(
                () => CopilotFolder.Code(Any.Replace("name: any", $"name: {name}", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);
}
