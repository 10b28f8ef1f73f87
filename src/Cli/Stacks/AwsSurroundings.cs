using System.ComponentModel;
using System.Diagnostics;
using Amazon;
using Amazon.CloudFormation.Model;
using Amazon.DynamoDBv2.Model;
using Amazon.SecurityToken.Model;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

internal sealed class AwsSurroundings(AwsClients clients, TimeProvider clock) : ISurroundings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Where => clients.Target.Endpoint is { } endpoint ? $"{endpoint} ({clients.Target.Region})" : clients.Target.Region;

    public bool IsLaptop => clients.Target.Endpoint is { } endpoint && new Uri(endpoint).IsLoopback;

    public async Task<string> IdentityAsync(CancellationToken cancellation)
    {
        using var sts = clients.NewTokenService();
        return (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation)).Arn;
    }

    public async Task<string> StackStatusAsync(string stack, CancellationToken cancellation)
    {
        var answer = await clients.Formation.DescribeStacksAsync(new DescribeStacksRequest { StackName = stack }, cancellation);
        return answer.Stacks[0].StackStatus.Value;
    }

    /// <summary>Any answer has the time in its Date header, a refusal too.</summary>
    public async Task<TimeSpan> ClockSkewAsync(CancellationToken cancellation)
    {
        var url = clients.Target.Endpoint ?? $"https://sts.{clients.Target.Region}.{RegionEndpoint.GetBySystemName(clients.Target.Region).PartitionDnsSuffix}";
        using var http = new HttpClient { Timeout = Patience };
        var sent = clock.GetUtcNow();
        using var answer = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellation);
        // The header is cut to seconds: half of one is right on average.
        return answer.Headers.Date is { } date ? sent + ((clock.GetUtcNow() - sent) / 2) - (date + TimeSpan.FromSeconds(0.5)) : TimeSpan.Zero;
    }

    public async Task<IReadOnlyList<string>> TableFaultsAsync(string table, IReadOnlyCollection<string> indexes, CancellationToken cancellation)
    {
        var described = (await clients.Dynamo.DescribeTableAsync(new DescribeTableRequest { TableName = table }, cancellation)).Table;
        var faults = new List<string>();
        if (described.TableStatus != "ACTIVE") faults.Add($"{table} is {described.TableStatus}.");
        foreach (var index in indexes)
        {
            var found = described.GlobalSecondaryIndexes?.FirstOrDefault(one => one.IndexName == index);
            if (found is null) faults.Add($"{table} has no index '{index}'.");
            else if (found.IndexStatus != "ACTIVE") faults.Add($"Index '{index}' of {table} is {found.IndexStatus}.");
        }

        return faults;
    }

    public async Task<string?> VersionOfAsync(string program, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null) return null;
            var said = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return said.Split('\n')[0].Trim() is { Length: > 0 } version ? version : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
