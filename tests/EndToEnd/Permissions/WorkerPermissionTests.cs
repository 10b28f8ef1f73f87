using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Messages;
using Jobs.Core.Objects;
using Jobs.Core.Runs;
using Jobs.Core.Workers;
using Jobs.Sdk.Children;
using Jobs.Sdk.Contexts;
using Jobs.Sdk.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jobs.Tests.EndToEnd.Permissions;

/// <summary>
/// A job's role may do what its host does, and what the members of its context do for a job that declares all.
/// </summary>
[Collection(PermissionCollection.Name)]
public sealed class WorkerPermissionTests(PermissionStack stack)
{
    /// <summary>The host's, found in what it puts together.</summary>
    internal static IReadOnlyList<Type> Ports { get; } = [.. Host().Select(service => service.ServiceType)
        .Where(ReachablePorts.IsPort)];

    [Theory]
    [InlineData(PermissionStack.Parent)]
    [InlineData(PermissionStack.Drain)]
    public async Task Host_may_do_what_its_ports_do(string job)
    {
        using var environment = RoleEnvironment.OfJob(stack, job);
        await using var services = Host().BuildServiceProvider();
        var probe = new Probe(stack, environment.Role, Texts(job));

        Type[] not = job == PermissionStack.Drain ? [typeof(IObjects)] : [typeof(IObjects), typeof(IMessageQueue)];
        foreach (var port in Ports.Except(not))
        {
            await probe.CallAllAsync(port, () => services.GetRequiredService(port));
        }

        await TryLargeResultsAsync(probe, services.GetRequiredService<IObjects>(), job);
        probe.Verify();
    }

    [Fact]
    public async Task Job_may_do_what_its_context_does()
    {
        using var environment = RoleEnvironment.OfJob(stack, PermissionStack.Parent);
        await using var services = Host().BuildServiceProvider();
        var probe = new Probe(stack, environment.Role, Texts(PermissionStack.Parent));

        await probe.CallAllAsync(typeof(JobContext), () => Context(services), typeof(Part));

        probe.Verify();
    }

    [Fact]
    public async Task Handler_may_do_what_its_context_does()
    {
        using var environment = RoleEnvironment.OfJob(stack, PermissionStack.Drain);
        await using var services = Host().BuildServiceProvider();
        var probe = new Probe(stack, environment.Role, Texts(PermissionStack.Drain));
        var message = new QueueMessage("1", "receipt", "{}");

        await probe.CallAllAsync(
            typeof(MessageContext),
            () =>
                new MessageContext(
                    message,
                    () => StopReason.None,
                    BucketOf(services),
                    new MessageSubmissions(message.Id, services.GetRequiredService<IWorkerChildren>),
                    NullLogger.Instance),
            typeof(Part));

        probe.Verify();
    }

    private static string Bucket => Environment.GetEnvironmentVariable(EnvironmentNames.Bucket)!;

    private static RunnerBucket BucketOf(ServiceProvider services) =>
        new(services.GetRequiredService<IObjects>(), Bucket);

    private static IServiceCollection Host()
    {
        var builder = JobHost.CreateBuilder([]);
        builder.AddDefaults();
        return builder.Services;
    }

    private static JobContext Context(ServiceProvider services)
    {
        var launch = new LaunchId(RunId.From(PermissionStack.Parent, "probe"), 1);
        var stop = new StopSignal(
            TimeProvider.System, TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2));
        var bucket = BucketOf(services);
        return new JobContext(
            launch,
            stop,
            bucket,
            new RecordedCheckpoints(
                services.GetRequiredService<IWorkerRecords>(), launch, new AwsPatience(TimeProvider.System)),
            new RunChildren(launch, services.GetRequiredService<IWorkerChildren>, bucket.OpenAsync),
            new RunLabels(text => text),
            NullLogger.Instance,
            _ => { });
    }

    /// <summary>
    /// A result above 32 KB is an object, which the job writes, and the jobs that follow it or submitted it read.
    /// </summary>
    private static async Task TryLargeResultsAsync(Probe probe, IObjects objects, string job)
    {
        using var content = new MemoryStream([1]);
        await probe.CallAsync(
            typeof(IObjects).GetMethod(nameof(IObjects.WriteAsync))!,
            objects,
            Bucket,
            $"{Names.ResultsOf(job)}1.json",
            content,
            "application/json",
            CancellationToken.None);
        await probe.CallAsync(
            typeof(IObjects).GetMethod(nameof(IObjects.OpenAsync))!,
            objects,
            Bucket,
            $"{Names.ResultsOf("part")}1.json",
            null,
            null,
            CancellationToken.None);
    }

    private static Samples Texts(string job) => new(new Dictionary<string, string>
    {
        ["job"] = job,
        ["childJob"] = "part",
        ["bucket"] = Bucket,
        ["key"] = "in/sample",
        ["WriteAsync.key"] = "out/sample",
        ["prefix"] = "in/",
        ["contentType"] = "text/plain",
        ["json"] = "{}",
        ["Run"] = RunId.From("part", "probe").ToString(),
    });
}
