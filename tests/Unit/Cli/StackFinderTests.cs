using Amazon.CloudFormation;
using Jobs.Cli.Ground;
using Jobs.Cli.Stacks;
using Jobs.Core;
using Lapstack.Tests.Stacks;

namespace Jobs.Tests.Unit.Cli;

public sealed class StackFinderTests
{
    private const string Outputs =
        """{"JobsRunsTable":{"Value":"runs"},"JobsResultsTable":{"Value":"results"},"JobsCluster":{"Value":"jobs"}}""";

    [Fact]
    public async Task Only_stack_is_found_without_a_name_and_a_misspelt_name_gets_the_nearest()
    {
        await using var emulated = await EmulatedStack.StartAsync("{}", outputs: Outputs);
        using var client = new AmazonCloudFormationClient(
            EmulatedStack.Owner,
            new AmazonCloudFormationConfig
            {
                ServiceURL = emulated.Url,
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
            });
        var finder = new StackFinder(client, new Target(emulated.Url.TrimEnd('/'), "us-east-1", null, false, ""));

        var found = await finder.FindAsync(null, CancellationToken.None);
        var missing = await Assert.ThrowsAsync<CliException>(() => finder.FindAsync("tesst", CancellationToken.None));

        Assert.Equal(("test", "runs"), (found.Name, found.Output(OutputNames.RunsTable)));
        Assert.Equal(ExitCodes.NotReady, missing.ExitCode);
        Assert.Contains("did you mean 'test'?", missing.Message, StringComparison.Ordinal);
    }
}
