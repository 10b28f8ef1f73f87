using System.Text.Json.Nodes;

namespace Lapstack.Tests.Ecs;

/// <summary>Health checks, what waits for them, and the order in which containers end.</summary>
public sealed class ContainerHealthTests
{
    private const string Forever = "while :; do sleep 0.05; done";

    [Fact]
    public async Task A_container_starts_when_what_it_waits_for_is_healthy()
    {
        var folder = Directory.CreateTempSubdirectory("jobs-health-").FullName;
        var ready = Path.Combine(folder, "ready");
        await using var bench = new EcsBench(
            EcsBench.WithSidecar(
                $"echo warming; sleep 0.3; touch {ready}; echo warm; {Forever}",
                essential: false,
                condition: "HEALTHY",
                Checked($"test -f {ready}")));

        var detail = await bench.RunToEndAsync("echo working");

        Directory.Delete(folder, recursive: true);
        Assert.Equal("EssentialContainerExited", detail["stopCode"]!.GetValue<string>());
        Assert.Equal(["warming", "warm", "working"], LinesByTime(bench));
    }

    [Fact]
    public async Task A_container_that_does_not_become_healthy_in_time_fails_the_start()
    {
        await using var bench = new EcsBench(
            EcsBench.WithSidecar(Forever, essential: false, condition: "HEALTHY", Checked("false", startTimeout: 7)));

        var detail = await bench.RunToEndAsync("echo working");

        Assert.Equal("TaskFailedToStart", detail["stopCode"]!.GetValue<string>());
        Assert.Equal(
            "CannotStartContainerError: container worker waits for sidecar to be HEALTHY, which was not so within 7 " +
            "seconds.",
            detail["stoppedReason"]!.GetValue<string>());
        Assert.False(bench.Printed("working"));
    }

    [Fact]
    public async Task A_container_that_ends_before_it_is_healthy_fails_the_start()
    {
        await using var bench = new EcsBench(
            EcsBench.WithSidecar("exit 4", essential: false, condition: "HEALTHY", Checked("false")));

        var detail = await bench.RunToEndAsync("echo working");

        Assert.Contains(
            "HEALTHY, which ended with exit code 4", $"{detail["stoppedReason"]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "HEALTHY")]
    [InlineData("false", "UNHEALTHY")]
    public async Task Health_is_told_of_the_container_and_of_the_task(string check, string health)
    {
        await using var bench = new EcsBench(
            EcsBench.Definition(d => Checked(check)(d["containerDefinitions"]![0]!)));
        var arn = await bench.RunAsync($"trap 'exit 0' TERM; {Forever}");

        await bench.UntilAsync(() => bench.HealthOf(arn) != "UNKNOWN");

        var task = await DescribeAsync(bench, arn);
        Assert.Equal(health, task["healthStatus"]!.GetValue<string>());
        Assert.Equal(health, task["containers"]![0]!["healthStatus"]!.GetValue<string>());
        // Ill health alone ends no task.
        Assert.Equal("RUNNING", task["desiredStatus"]!.GetValue<string>());
    }

    [Fact]
    public async Task Containers_end_before_those_they_depend_on()
    {
        var folder = Directory.CreateTempSubdirectory("jobs-health-").FullName;
        // A file keeps the order of what they write, which lines with the time of a clock that may stand do not.
        var ends = Path.Combine(folder, "ends");
        await using var bench = new EcsBench(
            EcsBench.WithSidecar(
                $"trap 'echo sidecar >> {ends}; exit 0' TERM; echo up; {Forever}",
                essential: false,
                condition: "START"));
        var arn = await bench.RunAsync($"trap 'sleep 0.3; echo worker >> {ends}; exit 0' TERM; echo up; {Forever}");
        await bench.UntilAsync(() => bench.Lines().Count(line => line == "up") == 2);

        await bench.CallAsync("StopTask", new JsonObject { ["cluster"] = "jobs", ["task"] = arn });
        await bench.UntilStatusAsync("STOPPED");

        Assert.Equal(["worker", "sidecar"], File.ReadAllLines(ends));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonNode> DescribeAsync(EcsBench bench, string arn) => (await bench.CallAsync(
        "DescribeTasks",
        new JsonObject { ["cluster"] = "jobs", ["tasks"] = new JsonArray(arn) }))["tasks"]![0]!;

    private static IEnumerable<string> LinesByTime(EcsBench bench) => bench.Logs.Find("/jobs")!.Streams
        .SelectMany(stream => stream.Read())
        .OrderBy(e => e.Timestamp)
        .Select(e => e.Message);

    private static Action<JsonNode> Checked(string command, int startTimeout = 120) => container =>
    {
        container["healthCheck"] = new JsonObject
        {
            ["command"] = new JsonArray("CMD-SHELL", command),
            ["interval"] = 5,
            ["timeout"] = 120,
            ["retries"] = 1,
        };
        container["startTimeout"] = startTimeout;
    };
}
