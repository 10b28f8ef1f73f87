using Amazon.CDK;
using Jobs.Core;

namespace Jobs.Tests.Infra;

public sealed class OutputTests
{
    private static readonly string[] Common =
    [
        "Bucket", "Cluster", "Commands", "RunsTable", "ResultsTable", "AlertTopic",
    ];

    [Fact]
    public void Stack_may_have_outputs_and_resources_of_common_names_itself()
    {
        var template = Synthesis.Of((stack, runner) =>
        {
            Array.ForEach(Common, name => _ = new CfnOutput(stack, name, new CfnOutputProps { Value = "mine" }));
            Array.ForEach(
                ["QueueUploads", "DeadLettersUploads"],
                (string name) => _ = new CfnResource(stack, name, new CfnResourceProps { Type = "AWS::SNS::Topic" }));
        }).Template.Json;

        Assert.All(Common, name => Assert.Equal("mine", (string)template["Outputs"]![name]!["Value"]!));
        Assert.NotNull(template["Outputs"]![OutputNames.Bucket]);
        Assert.Empty(
            template["Outputs"]!.AsObject()
                .Select(output => output.Key)
                .Intersect(template["Resources"]!.AsObject().Select(resource => resource.Key)));
    }

    [Fact]
    public void Outputs_of_the_runner_have_the_names_by_which_the_command_line_finds_them()
    {
        var outputs = Shapes.Typical.Template.Json["Outputs"]!.AsObject().Select(output => output.Key).ToList();

        Assert.Empty(new[]
        {
            OutputNames.Bucket, OutputNames.Cluster, OutputNames.RunsTable, OutputNames.ResultsTable,
            OutputNames.AlertTopic, OutputNames.Commands, OutputNames.Tick,
            OutputNames.QueuePrefix + "Uploads", OutputNames.DeadLettersPrefix +
                "Uploads", OutputNames.DeadLettersPrefix + "Undelivered",
        }.Except(outputs));
        Assert.All(outputs, name => Assert.StartsWith("Jobs", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Second_runner_in_a_stack_fails_synthesis()
    {
        var error = Assert.ThrowsAny<Exception>(() => Synthesis.Of((stack, _) => CreateSecond(stack)));

        Assert.Contains("has one JobRunner", error.Message, StringComparison.Ordinal);
    }

    private static void CreateSecond(Stack stack) => _ = new JobRunner(stack, "Second", Synthesis.AnyRunner);
}
