using Jobs.Aws.Alerts;
using Jobs.Aws.Runs;
using Jobs.Aws.Workers;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Objects;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;

namespace Jobs.Cli.Stacks;

/// <summary>The ports on AWS, or on whatever speaks its protocols.</summary>
internal sealed class AwsStack(StackPlace place, AwsClients clients, TimeProvider clock) : IStack
{
    private readonly Lazy<IRunStore> _runs =
        new(
            () =>
                new DynamoRunStore(
                    clients.Dynamo,
                    place.Output(OutputNames.RunsTable),
                    place.Output(OutputNames.ResultsTable),
                    clock));

    private readonly Lazy<IRunHistory> _history =
        new(
            () =>
                new DynamoRunHistory(
                    clients.Dynamo, place.Output(OutputNames.RunsTable), place.Output(OutputNames.ResultsTable)));

    private readonly Lazy<IAlertCauses> _alerts = new(
        () => new DynamoAlertCauses(clients.Dynamo, place.Output(OutputNames.RunsTable)));
    private readonly Lazy<IChildren> _children = new(() =>
        new DynamoChildren(clients.Dynamo, place.Output(OutputNames.RunsTable), clock));
    private readonly Lazy<IArrayCursors> _cursors = new(() =>
        new DynamoArrayCursors(clients.Dynamo, place.Output(OutputNames.RunsTable), clock));
    private readonly Lazy<IObjects> _objects = new(() => new S3Objects(clients.S3, clock));
    private readonly Lazy<IUploadedObjects> _uploads = new(
        () => new S3UploadedObjects(new(() => clients.S3), place.Output(OutputNames.Bucket)));
    private readonly Lazy<IUploadVersions> _versions =
        new(() => new S3UploadVersions(clients.S3, place.Output(OutputNames.Bucket)));

    private readonly Lazy<ISchedules> _schedules = new(
        () => new DynamoSchedules(clients.Dynamo, place.Output(OutputNames.RunsTable)));
    private readonly Lazy<IReplays> _replays = new(
        () => new DynamoReplays(clients.Dynamo, place.Output(OutputNames.RunsTable)));
    private readonly Lazy<IRunLogs> _logs = new(() => new CloudWatchRunLogs(clients.Logs));
    private readonly Lazy<IQueues> _queues = new(() => new SqsQueues(clients.Sqs, place));
    private readonly Lazy<ICommandQueue> _commands = new(
        () => new SqsCommandQueue(
            clients.Sqs,
            place.Output(OutputNames.Commands),
            cancellation => Caller.NameAsync(clients, place, cancellation)));
    private readonly Lazy<IPauses> _pauses = new(
        () => new DynamoPauses(clients.Dynamo, place.Output(OutputNames.RunsTable)));

    public StackPlace Place => place;

    public IRunStore Runs => _runs.Value;

    public IRunHistory History => _history.Value;

    public IAlertCauses Alerts => _alerts.Value;

    public IChildren Children => _children.Value;

    public IArrayCursors ArrayCursors => _cursors.Value;

    public IObjects Objects => _objects.Value;

    public IUploadedObjects Uploads => _uploads.Value;

    public IUploadVersions Versions => _versions.Value;

    public ISchedules Schedules => _schedules.Value;

    public IReplays Replays => _replays.Value;

    public IRunLogs Logs => _logs.Value;

    public IQueues Queues => _queues.Value;

    public ICommandQueue Commands => _commands.Value;

    public IPauses Pauses => _pauses.Value;

    public Task<JobCatalog> CatalogAsync(CancellationToken cancellation) =>
        new CatalogReader(clients.Dynamo, place).ReadAsync(cancellation);

    public void Dispose() => clients.Dispose();
}
