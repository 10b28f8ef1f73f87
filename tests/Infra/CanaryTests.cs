using Amazon.CDK.AWS.ECS;
using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Core.Sizes;

namespace Jobs.Tests.Infra;

public sealed class CanaryTests
{
    [Fact]
    public void Canaries_have_the_image_of_the_first_job_with_a_host_and_its_architecture()
    {
        var synthesis = With((_, runner) =>
        {
            runner.AddJob(new JobDefinition("etl") { HasHost = false }, ImageOf("etl"));
            runner.AddJob(new JobDefinition("first") { Architecture = Architecture.Arm64 }, ImageOf("first"));
            runner.AddJob(new JobDefinition("second"), ImageOf("second"));
        });

        var tasks = synthesis.Template.OfType("AWS::ECS::TaskDefinition")
            .ToDictionary(task => (string)task.Properties["Family"]!);
        foreach (var canary in CanaryNames.All)
        {
            var task = tasks[$"jobs_{canary}"];
            Assert.Equal(
                ("example.com/first:1", "256", "512", "ARM64"),
                (
                    (string)task.Properties["ContainerDefinitions"]![0]!["Image"]!,
                    (string)task.Properties["Cpu"]!,
                    (string)task.Properties["Memory"]!,
                    (string)task.Properties["RuntimePlatform"]!["CpuArchitecture"]!));
        }

        Assert.Equal(3 + CanaryNames.All.Count, tasks.Count);
    }

    [Fact]
    public void Schedule_of_the_canary_is_deployed_switched_off_and_its_rule_is_put_out()
    {
        var template = With((_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage)).Template;

        var rule = template.Named("JobscanaryScheduleeachminute");
        Assert.Equal("DISABLED", rule["State"]);
        Assert.Equal(rule["Name"], (string)template.Json["Outputs"]![OutputNames.CanaryRule]!["Value"]!);
        Assert.All(
            template.OfType("AWS::Events::Rule").Where(other => other["Name"] != rule["Name"]),
            other => Assert.Equal("ENABLED", other["State"]));
    }

    [Fact]
    public void Functions_know_the_canaries()
    {
        var asset = With((_, runner) => runner.AddJob(new JobDefinition("any"), Shapes.AnyImage)).FunctionsAsset;

        var catalog = JobCatalog.Parse(File.ReadAllText(Path.Combine(asset, JobCatalog.FileName)));
        Assert.Equal(
            CanaryNames.All.Append("any").Order(StringComparer.Ordinal), catalog.Jobs.Select(job => job.Name));
        Assert.True(catalog.FindSchedule(new(CanaryNames.Canary, CanaryNames.Schedule))!.Disabled);
        Assert.True(catalog.Find(CanaryNames.OnSpot)!.Spot);
        Assert.Equal("canary/*.canary", Assert.Single(catalog.Find(CanaryNames.OfUploads)!.Uploads).Name);
    }

    [Fact]
    public void Stack_that_does_not_ask_for_them_has_none() => Assert.DoesNotContain(
        Shapes.Typical.Template.OfType("AWS::ECS::TaskDefinition"),
        task => ((string)task.Properties["Family"]!).Contains("canary", StringComparison.Ordinal));

    [Fact]
    public void Job_with_the_name_of_a_canary_fails_synthesis() => Assert.Contains(
        "Canary adds a job 'canary-queue' (declared: another of this name). Rename that one, or leave Canary out.",
        Failure("canary-queue", hasHost: true),
        StringComparison.Ordinal);

    [Fact]
    public void Stack_without_an_image_that_has_the_host_fails_synthesis() => Assert.Contains(
        "Canary takes the image of the first job with a host (declared: no such job).",
        Failure("etl", hasHost: false),
        StringComparison.Ordinal);

    [Fact]
    public void Schedule_with_a_time_zone_can_be_switched_off_as_well() => Assert.Equal(
        "DISABLED",
        Assert.Single(
            Synthesis.OfJob(
                new JobDefinition("report")
                {
                    Schedules =
                    [
                        new ScheduleTrigger("daily", "cron(0 2 * * ? *)") { TimeZone = "UTC", Disabled = true },
                    ],
                }).Template.OfType("AWS::Scheduler::Schedule"))["State"]);

    private static string Failure(string job, bool hasHost)
    {
        var definition = new JobDefinition(job) { HasHost = hasHost };
        return Assert.ThrowsAny<Exception>(
            () => With((_, runner) => runner.AddJob(definition, Shapes.AnyImage))).Message;
    }

    private static Synthesis With(Action<Amazon.CDK.Stack, JobRunner> add) =>
        Synthesis.Of(add, _ => Synthesis.AnyRunner with { Canary = true });

    private static JobProps ImageOf(string name) =>
        new() { Image = ContainerImage.FromRegistry($"example.com/{name}:1") };
}
