using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Stacks;

/// <summary>Finds the stack by its name, or the only one there is, and reads its outputs.</summary>
internal sealed class StackFinder(IAmazonCloudFormation formation, Target target)
{
    public const string DefaultName = "jobs";

    /// <param name="name">Null for the stack called jobs, or else the only one there is.</param>
    /// <exception cref="CliException">There is none, or several and none of them is called jobs.</exception>
    public async Task<StackPlace> FindAsync(string? name, CancellationToken cancellation)
    {
        if (await DescribeAsync(name ?? DefaultName, cancellation) is { } stack && (name is not null || IsOurs(stack)))
        {
            return ToPlace(stack);
        }

        var stacks = await AllAsync(cancellation);
        return stacks switch
        {
            [var only] when name is null => ToPlace(only),
            [] =>
                throw CliException.NotReady(
                    $"{Missing(name, [])} Deploy one ({CommandLines.Deploy()}), {Elsewhere()}"),
            _ =>
                throw CliException.NotReady(
                    $"{Missing(name, stacks)} There {Are(stacks)}. Say which with --stack or JOBS_STACK."),
        };
    }

    private async Task<Stack?> DescribeAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var answer = await formation.DescribeStacksAsync(
                new DescribeStacksRequest { StackName = name }, cancellation);
            return answer.Stacks is [var stack, ..] ? stack : null;
        }
        catch (AmazonCloudFormationException e) when (e.ErrorCode == "ValidationError")
        {
            return null;
        }
    }

    /// <summary>Every stack that puts out what a stack of jobs puts out.</summary>
    private async Task<List<Stack>> AllAsync(CancellationToken cancellation)
    {
        var found = new List<Stack>();
        var request = new DescribeStacksRequest();
        do
        {
            var page = await formation.DescribeStacksAsync(request, cancellation);
            found.AddRange((page.Stacks ?? []).Where(IsOurs));
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is { Length: > 0 });
        return found;
    }

    private static bool IsOurs(Stack stack) =>
        new[] { OutputNames.RunsTable, OutputNames.ResultsTable,
            OutputNames.Cluster }.All(name => stack.Outputs?.Any(output => output.OutputKey == name) == true);

    private StackPlace ToPlace(Stack stack) => new(
        stack.StackName, target.Region, target.Endpoint, (stack.Outputs ?? [])
            .ToDictionary(output => output.OutputKey, output => output.OutputValue, StringComparer.Ordinal));

    private string Missing(string? name, List<Stack> stacks) => name is null
        ? $"No stack of jobs was found {Where()}."
        : $"There is no stack '{name}' {Where()}{Spelling.Suggestion(name, stacks.Select(stack => stack.StackName))}";

    private string Where() => target.Endpoint is null ? $"in {target.Region}" : $"at {target.Endpoint}";

    private string Elsewhere() => target.Endpoint is null
        ? $"look in another Region with AWS_REGION, or start one on this machine: {CommandLines.Up()}"
        : "or unset AWS_ENDPOINT_URL to look in AWS.";

    private static string Are(List<Stack> stacks) =>
        $"{(stacks.Count == 1 ? "is" : "are")} " +
        $"{string.Join(", ", stacks.Select(stack => stack.StackName).Order(StringComparer.Ordinal))}";
}
