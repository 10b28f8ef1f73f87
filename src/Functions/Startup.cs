using Amazon.DynamoDBv2;
using Amazon.ECS;
using Amazon.Lambda.Annotations;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Jobs.Aws;
using Jobs.Aws.Alerts;
using Jobs.Aws.Ecs;
using Jobs.Aws.Queues;
using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Commands;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Ports;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Schedules;
using Jobs.Core.Triggers;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Functions;

/// <summary>Puts Core on its AWS ports. Every service is made by hand: a cold start should not pay for reflection.</summary>
[LambdaStartup]
public sealed class Startup
{
    private readonly FunctionSettings _settings = new();

    public void ConfigureServices(IServiceCollection services)
    {
        var clients = new AwsClients(_settings);
        WarmUp.Begin(clients);
        services.AddSingleton(_settings);
        services.AddSingleton(_ => TimeProvider.System);
        services.AddSingleton(_ => JobCatalog.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, JobCatalog.FileName))));
        AddClients(services, clients);
        AddPorts(services, clients);
        services.AddSingleton(s => new AlertWriter(s.GetRequiredService<FunctionSettings>().StackInfo));
        services.AddSingleton(s => new AlertDesk(
            s.GetRequiredService<IAlertCauses>(),
            s.GetRequiredService<IAlerts>(),
            s.GetRequiredService<IRunStore>(),
            s.GetRequiredService<AlertWriter>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new LaunchPermits(s.GetRequiredService<ISlots>(), s.GetService<IVcpuBudget>()));
        services.AddSingleton(MakeEngine);
        services.AddSingleton(s => new UploadIntake(s.GetRequiredService<JobCatalog>(), s.GetRequiredService<RunEngine>()));
        AddSchedules(services);
        services.AddSingleton(s => MakeFamilies(s, s.GetRequiredService<RunEngine>()));
        services.AddSingleton(s => new CommandDesk(
            s.GetRequiredService<JobCatalog>(),
            s.GetRequiredService<IRunStore>(),
            s.GetRequiredService<RunEngine>(),
            s.GetRequiredService<Families>(),
            new ReplayDesk(s.GetRequiredService<JobCatalog>(), s.GetRequiredService<IReplays>(), s.GetRequiredService<TimeProvider>()),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(MakeReplayer);
        AddBacklogs(services, clients);
        services.AddSingleton(_ => Submitters.Parse(Environment.GetEnvironmentVariable(EnvironmentNames.Submitters)));
        services.AddSingleton(s => new CatalogPublisher(s.GetRequiredService<JobCatalog>(), s.GetRequiredService<ICatalogStore>()));
        services.AddSingleton(s => new Inbox(s.GetRequiredService<IDeadLetters>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new Sweep(
            s.GetRequiredService<IRunStore>(),
            s.GetRequiredService<ISlots>(),
            s.GetService<IVcpuBudget>(),
            s.GetRequiredService<ITasks>(),
            s.GetRequiredService<RunEngine>(),
            s.GetRequiredService<JobCatalog>(),
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new Dispatcher(
            s.GetRequiredService<IRunStore>(),
            s.GetRequiredService<ISlots>(),
            s.GetService<IVcpuBudget>(),
            s.GetRequiredService<IDispatchLease>(),
            s.GetRequiredService<RunEngine>(),
            s.GetRequiredService<JobCatalog>(),
            s.GetRequiredService<FunctionSettings>().Dispatch,
            s.GetRequiredService<TimeProvider>()));
    }

    private static void AddBacklogs(IServiceCollection services, AwsClients clients)
    {
        services.AddSingleton(s => s.GetRequiredService<FunctionSettings>().StackInfo);
        services.AddSingleton(s => new BacklogDesk(
            new SqsQueueReader(s.GetRequiredService<IAmazonSQS>(), QueueUrls.Parse(Environment.GetEnvironmentVariable(EnvironmentNames.Queues))),
            new DynamoDrains(s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable),
            s.GetRequiredService<IRunStore>(),
            s.GetRequiredService<RunEngine>(),
            new EcsQueueServices(new Lazy<IAmazonECS>(clients.Ecs), s.GetRequiredService<FunctionSettings>().Stack, s.GetRequiredService<FunctionSettings>().ClusterArn),
            new EmbeddedBacklogMetrics(s.GetRequiredService<FunctionSettings>().Stack, PlainOutput().WriteLine, s.GetRequiredService<TimeProvider>()),
            s.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Past the console, before whose lines Lambda's runtime puts a time and the request's id.</summary>
    private static TextWriter PlainOutput() => TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

    private static RunEngine MakeEngine(IServiceProvider s)
    {
        var engine = new RunEngine(
            s.GetRequiredService<IRunStore>(),
            s.GetRequiredService<LaunchPermits>(),
            s.GetRequiredService<ITasks>(),
            s.GetRequiredService<AlertDesk>(),
            s.GetRequiredService<TimeProvider>());
        // Whichever function ends a run passes its schedule on. Nothing is read before there is one that holds a schedule.
        _ = new ScheduleDesk(s.GetRequiredService<JobCatalog>(), s.GetRequiredService<ISchedules>(), s.GetRequiredService<IRunStore>(), engine);
        _ = MakeFamilies(s, engine);
        _ = new Followers(s.GetRequiredService<JobCatalog>(), engine);
        return engine;
    }

    private static Families MakeFamilies(IServiceProvider s, RunEngine engine) => new(
        s.GetRequiredService<IChildren>(),
        s.GetRequiredService<IRunStore>(),
        s.GetRequiredService<IArrayItems>(),
        s.GetRequiredService<JobCatalog>(),
        engine,
        s.GetRequiredService<TimeProvider>());

    private static Replayer MakeReplayer(IServiceProvider s)
    {
        var settings = s.GetRequiredService<FunctionSettings>();
        return new Replayer(
            s.GetRequiredService<JobCatalog>(),
            s.GetRequiredService<IReplays>(),
            new ReplaySources(
                s.GetRequiredService<JobCatalog>(),
                new S3UploadedObjects(new(WorkerClients.S3), FunctionSettings.Required(EnvironmentNames.Bucket)),
                s.GetRequiredService<ISchedules>(),
                new DynamoRunHistory(s.GetRequiredService<IAmazonDynamoDB>(), settings.RunsTable, settings.ResultsTable),
                s.GetRequiredService<IRunStore>()),
            s.GetRequiredService<RunEngine>(),
            s.GetRequiredService<IAlerts>(),
            s.GetRequiredService<AlertWriter>(),
            s.GetRequiredService<TimeProvider>());
    }

    private static void AddSchedules(IServiceCollection services)
    {
        services.AddSingleton(s => new ScheduleDesk(
            s.GetRequiredService<JobCatalog>(), s.GetRequiredService<ISchedules>(), s.GetRequiredService<IRunStore>(), s.GetRequiredService<RunEngine>()));
        services.AddSingleton(s => new ScheduleWatch(
            s.GetRequiredService<JobCatalog>(),
            s.GetRequiredService<ISchedules>(),
            s.GetRequiredService<ScheduleDesk>(),
            s.GetRequiredService<AlertDesk>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<FunctionSettings>().Sleeps));
    }

    private static void AddClients(IServiceCollection services, AwsClients clients)
    {
        services.AddSingleton<IAmazonDynamoDB>(_ => clients.DynamoDB());
        services.AddSingleton<IAmazonSimpleNotificationService>(_ => clients.Sns());
        services.AddSingleton<IAmazonSQS>(_ => clients.Sqs());
    }

    private void AddPorts(IServiceCollection services, AwsClients clients)
    {
        services.AddSingleton<IRunStore>(s =>
        {
            var settings = s.GetRequiredService<FunctionSettings>();
            return new DynamoRunStore(s.GetRequiredService<IAmazonDynamoDB>(), settings.RunsTable, settings.ResultsTable, s.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<ICatalogStore>(s => new DynamoCatalogStore(
            s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable));
        services.AddSingleton<IChildren>(s => new DynamoChildren(
            s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IArrayItems>(_ => new S3ArrayItems(new(WorkerClients.S3), FunctionSettings.Required(EnvironmentNames.Bucket)));
        services.AddSingleton<ISlots>(s => new DynamoSlots(s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable));
        services.AddSingleton<IReplays>(s => new DynamoReplays(s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable));
        services.AddSingleton<ISchedules>(s => new DynamoSchedules(s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable));
        services.AddSingleton<IAlertCauses>(s => new DynamoAlertCauses(
            s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable));
        services.AddSingleton<IDispatchLease>(s => new DynamoDispatchLease(s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable));
        if (_settings.CpuLimit is { } limit)
        {
            services.AddSingleton<IVcpuBudget>(s => new DynamoVcpuBudget(s.GetRequiredService<IAmazonDynamoDB>(), s.GetRequiredService<FunctionSettings>().RunsTable, limit));
        }

        services.AddSingleton<ITasks>(s => new EcsTasks(clients.EcsForLaunches(), new Lazy<IAmazonECS>(clients.Ecs), s.GetRequiredService<FunctionSettings>().Ecs));
        // Used only when something has gone wrong, so made only then: a cold start pays for neither client.
        services.AddSingleton<IAlerts>(s => new LazyAlerts(() => new SnsAlerts(
            s.GetRequiredService<IAmazonSimpleNotificationService>(), s.GetRequiredService<FunctionSettings>().AlertTopic)));
        services.AddSingleton<IDeadLetters>(s => new LazyDeadLetters(() => new SqsDeadLetters(
            s.GetRequiredService<IAmazonSQS>(), FunctionSettings.Required(EnvironmentNames.DeadLetterQueue))));
    }
}
