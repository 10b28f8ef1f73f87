using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core.Definitions;

namespace Jobs.Tests.Unit.Cli;

public sealed class StackNeedsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("needs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_synthesized_is_nothing() => Assert.Null(StackNeeds.Find(_folder));

    [Fact]
    public void Needs_are_those_of_the_functions_and_the_jobs()
    {
        Synthesize("cdk.out", """
            {"version":"36.0.0","artifacts":{"tree":{"type":"cdk:tree","properties":{"file":"tree.json"}},
              "jobs":{"type":"aws:cloudformation:stack","properties":{"templateFile":"jobs.template.json","requiresBootstrapStackVersion":6,"bootstrapStackVersionSsmParameter":"/cdk-bootstrap/mine/version"}}}}
            """);

        var needs = StackNeeds.Find(_folder)!;

        Assert.Equal(
            (12, 8.0, "/cdk-bootstrap/mine/version", 6),
            (needs.Executions, needs.MaxVcpus!.Value, needs.BootstrapParameter, needs.BootstrapVersion));
        Assert.Equal(["big", "queue"], needs.Jobs.Select(job => job.Name));
        Assert.Equal((2.0, 3 * 2 + 10 * 0.25), (StackNeeds.Largest(needs.Jobs), StackNeeds.Together(needs.Jobs)));
    }

    [Fact]
    public void Stack_with_jobs_is_known_among_others_if_it_is_the_only_one()
    {
        const string Jobs = """{"type":"aws:cloudformation:stack","displayName":"Acme","properties":{"templateFile":"jobs.template.json"}}""";
        const string Pipeline = """{"type":"aws:cloudformation:stack","properties":{"templateFile":"empty.json"}}""";
        Synthesize("cdk.out", $$$"""{"artifacts":{"jobs":{{{Jobs}}},"pipeline":{{{Pipeline}}}}}""");
        Assert.Equal("Acme", StackNeeds.Find(_folder)!.OnlyStackWithJobs);

        Synthesize("cdk.out", $$$"""{"artifacts":{"jobs":{{{Jobs}}},"dev":{{{Jobs}}},"pipeline":{{{Pipeline}}}}}""");
        Assert.Null(StackNeeds.Find(_folder)!.OnlyStackWithJobs);
        Synthesize("cdk.out", $$$"""{"artifacts":{"jobs":{{{Jobs}}}}}""");
        Assert.Null(StackNeeds.Find(_folder)!.OnlyStackWithJobs);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [
        InlineData(
            """{"artifacts":{"jobs":{"type":"aws:cloudformation:stack","properties":{"templateFile":"elsewhere.json"}}}}""")
    ]
    [InlineData("""{"artifacts":{"jobs":{"type":"aws:cloudformation:stack","properties":{"templateFile":null}}}}""")]
    public void Assembly_that_cannot_be_read_is_an_error_with_its_place(string manifest)
    {
        Synthesize("cdk.out", manifest);

        Assert.Contains(
            "cdk.out is not a cloud assembly that can be read",
            Assert.Throws<CliException>(() => StackNeeds.Find(_folder)).Message,
            StringComparison.Ordinal);
    }

    private void Synthesize(string place, string manifest)
    {
        var assembly = Directory.CreateDirectory(Path.Combine(_folder, place, "asset.1")).Parent!.FullName;
        File.WriteAllText(Path.Combine(assembly, "manifest.json"), manifest);
        File.WriteAllText(Path.Combine(assembly, "empty.json"), "{}");
        File.WriteAllText(Path.Combine(assembly, "jobs.template.json"), """
            {"Outputs":{"JobsRunsTable":{"Value":{"Ref":"Runs"}}},
             "Resources":{
              "OnUpload":{"Type":"AWS::Lambda::Function","Properties":{"Environment":{"Variables":{"JOBS_MAX_VCPUS":"8","JOBS_X":{"Ref":"Y"}}}}},
              "Source":{"Type":"AWS::Lambda::EventSourceMapping","Properties":{"ScalingConfig":{"MaximumConcurrency":10}}},
              "OnTick":{"Type":"AWS::Lambda::Function","Properties":{}},
              "OnBacklog":{"Type":"AWS::Lambda::Function","Properties":{"Environment":{"Variables":{"JOBS_X":{"Ref":"Y"}}}}}}}
            """);
        var jobs = new JobCatalog(
            [
                new JobDefinition("big") { Cpu = 2_048, MemoryMiB = 4_096, MaxConcurrent = 3 },
                new JobDefinition("queue") { Queue = new QueueTrigger() }
            ]);
        File.WriteAllText(Path.Combine(assembly, "asset.1", JobCatalog.FileName), jobs.ToJson());
    }
}
