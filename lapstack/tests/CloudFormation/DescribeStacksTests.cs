using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.CloudFormation;

public sealed class DescribeStacksTests
{
    private const string Role =
        """{"JobRole":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"job-role","AssumeRolePolicyDocument":{}}}}""";

    private const string Outputs = """
        {"JobsRunsTable":{"Value":"runs","Description":"Every run & its state"},"JobsResultsTable":{"Value":"results"},"JobsCluster":{"Value":{"Ref":"JobRole"}}}
        """;

    [Fact]
    public async Task Running_stack_is_described_with_its_resolved_outputs()
    {
        await using var emulated = await EmulatedStack.StartAsync(Role, outputs: Outputs);
        using var client = Client(emulated);

        var stack = Assert.Single(
            (await client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "test" })).Stacks);

        Assert.Equal(("test", StackStatus.CREATE_COMPLETE), (stack.StackName, stack.StackStatus));
        Assert.Equal(
            ["JobsCluster", "JobsResultsTable", "JobsRunsTable"], stack.Outputs.Select(output => output.OutputKey));
        Assert.Equal(["job-role", "results", "runs"], stack.Outputs.Select(output => output.OutputValue));
        Assert.Equal("Every run & its state", stack.Outputs[2].Description);
        Assert.NotNull(stack.CreationTime);
    }

    [Fact]
    public async Task Unknown_stack_is_AWSs_error()
    {
        await using var emulated = await EmulatedStack.StartAsync(Role);
        using var client = Client(emulated);

        var refused = await Assert.ThrowsAsync<AmazonCloudFormationException>(
            () => client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "other" }));

        Assert.Equal(("ValidationError", 400), (refused.ErrorCode, (int)refused.StatusCode));
        Assert.Equal("Stack with id other does not exist", refused.Message);
    }

    [Fact]
    public async Task Role_without_the_grant_is_denied()
    {
        await using var emulated = await EmulatedStack.StartAsync(Role);
        using var client = new AmazonCloudFormationClient(emulated.As("JobRole"), Config(emulated));

        var refused = await Assert.ThrowsAsync<AmazonCloudFormationException>(
            () => client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "test" }));

        Assert.Equal(403, (int)refused.StatusCode);
    }

    private static AmazonCloudFormationClient Client(EmulatedStack stack) => new(EmulatedStack.Owner, Config(stack));

    private static AmazonCloudFormationConfig Config(EmulatedStack stack) =>
        new() { ServiceURL = stack.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };
}
