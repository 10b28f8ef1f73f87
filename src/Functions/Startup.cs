using Amazon.Lambda.Annotations;
using Jobs.Aws;
using Jobs.Core;
using Jobs.Core.Composition;
using Jobs.Core.Definitions;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Functions;

/// <summary>
/// Gives each function its part of the control plane. Every service is made by hand: a cold start should not pay for
/// reflection.
/// </summary>
[LambdaStartup]
public sealed class Startup
{
    private readonly FunctionSettings _settings = new();

    public void ConfigureServices(IServiceCollection services)
    {
        DebuggerWait.IfAskedAsync(
            Environment.GetEnvironmentVariable, Console.Error, TimeProvider.System, CancellationToken.None)
            .GetAwaiter().GetResult();
        ShippedZones.Use(Path.Combine(AppContext.BaseDirectory, JobCatalog.ZonesFolder));
        var clients = new AwsClients(_settings);
        WarmUp.Begin(clients);
        var catalog = JobCatalog.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, JobCatalog.FileName)))
            .WithBuckets(BucketNames.Parse(Environment.GetEnvironmentVariable(EnvironmentNames.Buckets)));
        var ports = new AwsPorts(clients, _settings, catalog, TimeProvider.System);
        var plane = new ControlPlane(ports, catalog, _settings.ControlPlane, TimeProvider.System);
        services.AddSingleton(_ => TimeProvider.System);
        services.AddSingleton(_ => _settings.StackInfo);
        services.AddSingleton(_ => catalog);
        services.AddSingleton(_ => Submitters.Parse(Environment.GetEnvironmentVariable(EnvironmentNames.Submitters)));
        services.AddSingleton(_ => new Inbox(
            new LazyDeadLetters(
                () => new SqsDeadLetters(ports.Sqs,
                    FunctionSettings.Required(EnvironmentNames.DeadLetterQueue))), TimeProvider.System, plane.Traces));
        if (plane.Traces is { } traces) services.AddSingleton(_ => traces);
        services.AddSingleton(_ => plane.Engine);
        services.AddSingleton(_ => plane.Uploads);
        services.AddSingleton(_ => plane.Events);
        services.AddSingleton(_ => plane.Schedules);
        services.AddSingleton(_ => plane.ScheduleWatch);
        services.AddSingleton(_ => plane.Commands);
        services.AddSingleton(_ => plane.Backlog);
        services.AddSingleton(_ => plane.Sweep);
        services.AddSingleton(_ => plane.Alerts);
        services.AddSingleton(_ => plane.Replayer);
        services.AddSingleton(_ => plane.Dispatcher);
        services.AddSingleton(_ => plane.CatalogPublisher);
        services.AddSingleton(_ => plane.Pauses);
    }
}
