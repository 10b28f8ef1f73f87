using System.Security.Cryptography;
using Amazon.Runtime;
using Jobs.Cli.Account;
using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Stacks;
using Jobs.Core;
using Jobs.Page.Ground;

namespace Jobs.Page.Serving;

/// <summary>What the page has of the world: a way to the stack, time, and names that were not used before.</summary>
internal sealed record PageParts
{
    public required Func<CancellationToken, Task<IStack>> Connect { get; init; }

    /// <summary>What can be done to a stack on this machine alone.</summary>
    public required Func<StackPlace, IProbe> Probe { get; init; }

    public required TimeProvider Clock { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public required Func<string> NewId { get; init; }

    public Func<IReadOnlyList<Hop>>? Denials { get; init; }

    /// <summary>The parts as the command line has them: the same credentials, Region and stack.</summary>
    /// <exception cref="Cli.Ground.CliException">There is no Region.</exception>
    /// <param name="laptop">The stack on this machine; null for what the environment says.</param>
    /// <param name="stack">Its name; null for what the environment says, or else the only one.</param>
    public static PageParts Of(Uri? laptop, string? stack)
    {
        var clock = TimeProvider.System;
        var target = laptop is null ? Target.Resolve() : OfLaptop(laptop);
        var clients = new AwsClients(target);
        // Made here, by one thread: requests come side by side.
        _ = (clients.Dynamo, clients.Sqs, clients.S3, clients.Logs);
        var finder = new StackFinder(clients.Formation, target);
        var name = stack ?? Variable(EnvironmentNames.Stack);
        return new PageParts
        {
            Connect = async token => new AwsStack(await finder.FindAsync(name, token), clients, clock),
            Probe = place => AwsProbe.Of(place, target, clock),
            Clock = clock,
            Zone = TimeZoneInfo.Local,
            NewId = () => Words.Invariant(
                $"page-{clock.GetUtcNow():yyyyMMddHHmmss}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}"),
        };
    }

    private static Target OfLaptop(Uri endpoint) => new(
        endpoint.ToString().TrimEnd('/'),
        Target.LaptopRegion,
        new BasicAWSCredentials("local", "local"),
        IsAssumed: false,
        Identity: "");

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
