using Amazon.DynamoDBv2;
using Amazon.ECS;
using Amazon.SQS;
using Jobs.Aws.Alerts;
using Jobs.Aws.Ecs;
using Jobs.Aws.Metrics;
using Jobs.Aws.Queues;
using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Children;
using Jobs.Core.Composition;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Messages;
using Jobs.Core.Metrics;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Slots;
using Jobs.Core.Tracing;

namespace Jobs.Functions;

/// <summary>
/// The control plane's ports on AWS, each made when it is first asked for: a cold start pays only for what its function
/// uses.
/// </summary>
internal sealed class AwsPorts(
    AwsClients clients, FunctionSettings settings, JobCatalog catalog, TimeProvider clock) : IControlPlanePorts
{
    public IRunStore Runs => field ??= new DynamoRunStore(Dynamo, settings.RunsTable, settings.ResultsTable, clock);

    public IRunIndex RunIndex => field ??= new DynamoRunIndex(Dynamo, settings.RunsTable);

    public IRunHistory History => field ??= new DynamoRunHistory(Dynamo, settings.RunsTable, settings.ResultsTable);

    public ISlots Slots => field ??= new DynamoSlots(Dynamo, settings.RunsTable);

    public IDispatchLease Lease => field ??= new DynamoDispatchLease(Dynamo, settings.RunsTable);

    public ITasks Tasks =>
        field ??= new EcsTasks(clients.EcsForLaunches(), new Lazy<IAmazonECS>(clients.Ecs), settings.Ecs);

    public ITaskReadings TaskReadings =>
        field ??= new EcsTaskReadings(new Lazy<IAmazonECS>(clients.Ecs), settings.ClusterArn);

    public ISchedules Schedules => field ??= new DynamoSchedules(Dynamo, settings.RunsTable);

    public IChildren Children => field ??= new DynamoChildren(Dynamo, settings.RunsTable, clock);

    public IArrayCursors ArrayCursors => field ??= new DynamoArrayCursors(Dynamo, settings.RunsTable, clock);

    public IArrayItems ArrayItems => field ??= new S3ArrayItems(new(WorkerClients.S3), Bucket);

    public IReplays Replays => field ??= new DynamoReplays(Dynamo, settings.RunsTable);

    public IUploadedObjects UploadedObjects => field ??= new S3UploadedObjects(new(WorkerClients.S3), Bucket);

    public IDrains Drains => field ??= new DynamoDrains(Dynamo, settings.RunsTable);

    public IQueueReader Queues => field ??= new SqsQueueReader(Sqs, QueueUrl);

    public IJobQueues JobQueues => field ??= new SqsJobQueues(Sqs, QueueUrl);

    public IQueueServices QueueServices =>
        field ??= new EcsQueueServices(new Lazy<IAmazonECS>(clients.Ecs), settings.Stack, settings.ClusterArn);

    public IBacklogMetrics BacklogMetrics =>
        field ??= new EmbeddedBacklogMetrics(settings.Stack, PlainOutput.WriteLine, clock);

    public IRunMetrics RunMetrics => field ??= settings.Metrics == MetricsText.None
        ? new NoRunMetrics()
        : new EmbeddedRunMetrics(settings.Stack, IsByJob, PlainOutput.WriteLine, clock);

    public IAlertCauses AlertCauses => field ??= new DynamoAlertCauses(Dynamo, settings.RunsTable);

    /// <summary>Its client is made when something has gone wrong, and only then.</summary>
    public IAlerts Alerts =>
        field ??= new LazyAlerts(
            () => new SnsAlerts(clients.Sns(), settings.AlertTopic, settings.SuccessTopic, settings.HasChat));

    public ICatalogStore Catalogs => field ??= new DynamoCatalogStore(Dynamo, settings.RunsTable);

    public ITraces? Traces { get; } = FunctionTraces.IfAskedFor(settings, clock);

    public IPauses Pauses => field ??= new DynamoPauses(Dynamo, settings.RunsTable);

    public IAmazonSQS Sqs => field ??= clients.Sqs();

    private IAmazonDynamoDB Dynamo => field ??= clients.DynamoDB();

    /// <summary>
    /// Asked for when a queue is looked at, or gets what a replay sends: only OnBacklog and OnTick are told.
    /// </summary>
    private string QueueUrl(string job) =>
        Names.JobQueueUrl(FunctionSettings.Required(EnvironmentNames.Commands), settings.Stack, job);

    private bool IsByJob(string job) =>
        settings.Metrics == MetricsText.ByJob || (catalog.Find(job) is { } known && MetricRules.HasOwn(known));

    private static string Bucket => FunctionSettings.Required(EnvironmentNames.Bucket);

    /// <summary>Past the console, before whose lines Lambda's runtime puts a time and the request's id.</summary>
    private TextWriter PlainOutput => field ??=
        TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
}
