using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Jobs.Cli;
using Jobs.Cli.Stacks;
using Jobs.Core;

namespace Jobs.Tests.Unit.Emulator.CloudFormation;

public sealed class DescribeStacksTests
{
    private const string Role = """{"JobRole":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"job-role","AssumeRolePolicyDocument":{}}}}""";

    private const string Outputs = """
        {"JobsRunsTable":{"Value":"runs","Description":"Every run & its state"},"JobsResultsTable":{"Value":"results"},"JobsCluster":{"Value":{"Ref":"JobRole"}}}
        """;

    [Fact]
    public async Task Running_stack_is_described_with_its_resolved_outputs()
    {
        await using var emulated = await EmulatedStack.StartAsync(Role, outputs: Outputs);
        using var client = Client(emulated);

        var stack = Assert.Single((await client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "test" })).Stacks);

        Assert.Equal(("test", StackStatus.CREATE_COMPLETE), (stack.StackName, stack.StackStatus));
        Assert.Equal(["JobsCluster", "JobsResultsTable", "JobsRunsTable"], stack.Outputs.Select(output => output.OutputKey));
        Assert.Equal(["job-role", "results", "runs"], stack.Outputs.Select(output => output.OutputValue));
        Assert.Equal("Every run & its state", stack.Outputs[2].Description);
        Assert.NotNull(stack.CreationTime);
    }

    [Fact]
    public async Task Unknown_stack_is_AWSs_error()
    {
        await using var emulated = await EmulatedStack.StartAsync(Role);
        using var client = Client(emulated);

        var refused = await Assert.ThrowsAsync<AmazonCloudFormationException>(() => client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "other" }));

        Assert.Equal(("ValidationError", 400), (refused.ErrorCode, (int)refused.StatusCode));
        Assert.Equal("Stack with id other does not exist", refused.Message);
    }

    [Fact]
    public async Task Role_without_the_grant_is_denied()
    {
        await using var emulated = await EmulatedStack.StartAsync(Role);
        using var client = new AmazonCloudFormationClient(emulated.As("JobRole"), Config(emulated));

        var refused = await Assert.ThrowsAsync<AmazonCloudFormationException>(() => client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "test" }));

        Assert.Equal(403, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Only_stack_is_found_without_a_name_and_a_misspelt_name_gets_the_nearest()
    {
        await using var emulated = await EmulatedStack.StartAsync(Role, outputs: Outputs);
        using var client = Client(emulated);
        var finder = new StackFinder(client, new Target(emulated.Url.TrimEnd('/'), "us-east-1", null, false, ""));

        var found = await finder.FindAsync(null, CancellationToken.None);
        var missing = await Assert.ThrowsAsync<CliException>(() => finder.FindAsync("tesst", CancellationToken.None));

        Assert.Equal(("test", "runs"), (found.Name, found.Output(OutputNames.RunsTable)));
        Assert.Equal(ExitCodes.NotReady, missing.ExitCode);
        Assert.Contains("did you mean 'test'?", missing.Message, StringComparison.Ordinal);
    }

    private static AmazonCloudFormationClient Client(EmulatedStack stack) => new(EmulatedStack.Owner, Config(stack));

    private static AmazonCloudFormationConfig Config(EmulatedStack stack) => new() { ServiceURL = stack.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };
}
