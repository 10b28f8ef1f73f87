using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using Jobs.Cli.Ports;
using Jobs.Core.Messages;

namespace Jobs.Cli.Stacks;

/// <summary>Who uses the command line, as commands say it.</summary>
internal static class Caller
{
    /// <returns>
    /// On AWS what STS says, such as <c>user/alice</c>; on a laptop its user, such as <c>laptop/alice</c>. Null when
    /// STS does not say: SQS notes the sender all the same.
    /// </returns>
    public static async Task<string?> NameAsync(
        AwsClients clients, StackPlace place, CancellationToken cancellation)
    {
        if (place.Endpoint is not null) return $"laptop/{Environment.UserName}";
        try
        {
            using var tokens = clients.NewTokenService();
            var identity = await tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation);
            return Sender.NameOf(identity.Arn);
        }
        catch (Exception e) when (
            e is AmazonServiceException or AmazonClientException or HttpRequestException
            && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
