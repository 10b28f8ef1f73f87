using System.Text.RegularExpressions;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Jobs.Core;

namespace Jobs;

/// <summary>What a program is told of the laptop's stack, as environment variables.</summary>
/// <param name="endpoint">The laptop's, whose stack runs.</param>
internal sealed partial class StackEnvironment(Uri endpoint)
{
    /// <summary>Any key that the stack did not issue is the laptop's owner, whatever its secret.</summary>
    private const string Owner = "local";

    /// <summary>The laptop has one, and takes any.</summary>
    private const string Region = "us-east-1";

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellation)
    {
        var address = endpoint.ToString().TrimEnd('/');
        using var formation = new AmazonCloudFormationClient(
            new BasicAWSCredentials(Owner, Owner),
            new AmazonCloudFormationConfig { ServiceURL = address, AuthenticationRegion = Region });
        var answer = await formation.DescribeStacksAsync(new DescribeStacksRequest(), cancellation);
        var stack = answer.Stacks.Single();
        var variables = stack.Outputs.ToDictionary(output => NameOf(output.OutputKey), output => output.OutputValue);
        variables[EnvironmentNames.Stack] = stack.StackName;
        variables["AWS_ENDPOINT_URL"] = address;
        variables["AWS_REGION"] = variables["AWS_DEFAULT_REGION"] = Region;
        variables["AWS_ACCESS_KEY_ID"] = variables["AWS_SECRET_ACCESS_KEY"] = Owner;
        return variables;
    }

    /// <summary>As the stack calls the same value for its own programs: <c>JobsBucket</c> is JOBS_BUCKET.</summary>
    internal static string NameOf(string output) => Boundary().Replace(output, "_").ToUpperInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Boundary();
}
