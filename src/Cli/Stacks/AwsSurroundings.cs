using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Amazon;
using Amazon.CloudFormation.Model;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken.Model;
using Jobs.Apps;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

internal sealed class AwsSurroundings(AwsClients clients, TimeProvider clock) : ISurroundings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Where =>
        clients.Target.Endpoint is { } endpoint ? $"{endpoint} ({clients.Target.Region})" : clients.Target.Region;

    public bool IsLaptop => clients.Target.Endpoint is { } endpoint && new Uri(endpoint).IsLoopback;

    public async Task<string> IdentityAsync(CancellationToken cancellation)
    {
        using var sts = clients.NewTokenService();
        return (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellation)).Arn;
    }

    public async Task<string> StackStatusAsync(string stack, CancellationToken cancellation)
    {
        var answer = await clients.Formation.DescribeStacksAsync(
            new DescribeStacksRequest { StackName = stack }, cancellation);
        return answer.Stacks[0].StackStatus.Value;
    }

    /// <summary>Any answer has the time in its Date header, a refusal too.</summary>
    public async Task<TimeSpan> ClockSkewAsync(CancellationToken cancellation)
    {
        var url = clients.Target.Endpoint
            ?? $"https://sts.{clients.Target.Region}.{RegionEndpoint.GetBySystemName(clients.Target.Region).PartitionDnsSuffix}";
        using var http = new HttpClient { Timeout = Patience };
        var sent = clock.GetUtcNow();
        using var answer = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellation);
        // The header is cut to seconds: half of one is right on average.
        return answer.Headers.Date is { } date
            ? sent + ((clock.GetUtcNow() - sent) / 2) - (date + TimeSpan.FromSeconds(0.5))
            : TimeSpan.Zero;
    }

    public async Task<IReadOnlyList<string>> TableFaultsAsync(
        string table, IReadOnlyCollection<string> indexes, CancellationToken cancellation)
    {
        var described = (
            await clients.Dynamo.DescribeTableAsync(new DescribeTableRequest { TableName = table },
                cancellation)).Table;
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

    public async Task<bool?> SendsEventsAsync(string bucket, CancellationToken cancellation)
    {
        try
        {
            var answer = await clients.S3.GetBucketNotificationAsync(
                new GetBucketNotificationRequest { BucketName = bucket }, cancellation);
            return answer.EventBridgeConfiguration is not null;
        }
        catch (AmazonS3Exception e) when (
            e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MovedPermanently
            || e.ErrorCode is "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException")
        {
            return null;
        }
    }

    public async Task<string?> VersionOfAsync(string program, CancellationToken cancellation) =>
        await RunAsync(program, ["--version"], cancellation) is { } end && FirstLine(end.Out) is { Length: > 0 } version
            ? version
            : null;

    public async Task<DockerEngine?> DockerEngineAsync(CancellationToken cancellation)
    {
        return await RunAsync(DockerEngine.Program, ["version", "--format", "{{.Server.Version}}"], cancellation) switch
        {
            null => null,
            { Code: 0 } end => new DockerEngine(FirstLine(end.Out), null),
            var end => new DockerEngine(null, FirstLine(end.Error)),
        };
    }

    public string App(string? named)
    {
        var here = Directory.GetCurrentDirectory();
        try
        {
            return Path.GetRelativePath(here, AppSearch.Find(named, here));
        }
        catch (AppException e)
        {
            throw CliException.Failed(e.Message);
        }
    }

    public StackNeeds? Needs(string app) => StackNeeds.Find(app);

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim();

    /// <summary>Null when there is no such program; one that does not end is killed, and its end is an error.</summary>
    private async Task<ProcessEnd?> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
            if (process is null) return null;
            using var patience = new CancellationTokenSource(Patience, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            try
            {
                var (said, complained) = (
                    process.StandardOutput.ReadToEndAsync(both.Token),
                    process.StandardError.ReadToEndAsync(both.Token));
                await process.WaitForExitAsync(both.Token);
                return new ProcessEnd(process.ExitCode, await said, await complained);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                return new ProcessEnd(-1, "", $"{program} did not answer within {Patience.TotalSeconds:0} s.");
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private sealed record ProcessEnd(int Code, string Out, string Error);
}
