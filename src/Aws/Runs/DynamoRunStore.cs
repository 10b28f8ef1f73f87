using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Workers;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Workers;

namespace Jobs.Aws.Runs;

/// <summary>
/// Runs in DynamoDB. Every write of a control item is one PutItem conditioned on the version that was read.
/// </summary>
/// <param name="runsTable">Name of the Runs table.</param>
/// <param name="resultsTable">Name of the Results table.</param>
public sealed class DynamoRunStore(
    IAmazonDynamoDB dynamo, string runsTable, string resultsTable, TimeProvider clock) : IRunStore
{
    /// <summary>
    /// Largest input in bytes that rides on the control item, which stays under 1 KB: one write unit.
    /// </summary>
    public const int MaxInlineInput = 400;

    public async Task<bool> CreateAsync(Run run, CancellationToken cancellation)
    {
        if (HasLargeInput(run))
        {
            // Before the run, so that no run is ever without its input. An input without a run expires.
            await PutInputAsync(run, run.Input!, cancellation);
            run = run with { Input = null };
        }

        return await dynamo.TryCreateAsync(runsTable, RunItems.Write(run), cancellation);
    }

    public async Task<RunReading?> ReadAsync(RunId id, CancellationToken cancellation)
    {
        var read = await ReadAsync([id], cancellation);
        return read.Unreadable.Count > 0 ? throw read.Unreadable[0].Why : read.Found.SingleOrDefault();
    }

    public Task<RunReadings> ReadAsync(IReadOnlyCollection<RunId> ids, CancellationToken cancellation) =>
        new RunBatches(dynamo, runsTable, resultsTable, clock).ReadAsync(ids, consistent: true, cancellation);

    public async Task<WorkerRecord?> CloseAsync(LaunchId launch, CancellationToken cancellation)
    {
        var update = new ItemUpdate().Set(WorkerItems.Closed, Items.Number(launch.Number));
        var request = update.ToRequest(resultsTable, launch.Run.ToString(), Tables.WorkerItem);
        request.UpdateExpression += $", #{Tables.ExpiresAt} = if_not_exists(#{Tables.ExpiresAt}, :{Tables.ExpiresAt})";
        update.Value(Tables.ExpiresAt, Items.Expiry(Expiry()));
        request.ConditionExpression =
            $"attribute_not_exists(#{WorkerItems.Closed}) OR #{WorkerItems.Closed} < :{WorkerItems.Closed}";
        request.ReturnValues = ReturnValue.ALL_NEW;
        if (await dynamo.TryUpdateAsync(request, cancellation) is { } closed) return WorkerItems.Read(closed);
        // Closed before: what is there now is all there will be.
        return WorkerItems.Read(
            await dynamo.ReadAsync(resultsTable, Items.Key(launch.Run.ToString(), Tables.WorkerItem), cancellation)
                ?? []);
    }

    // A large input was stored as an item of its own when the run was made.
    public Task<bool> SaveAsync(Run run, CancellationToken cancellation) =>
        dynamo.TrySaveAsync(
            runsTable, RunItems.Write(HasLargeInput(run) ? run with { Input = null } : run), cancellation);

    public async Task<string?> ReadInputAsync(RunId id, CancellationToken cancellation) =>
        (await new DynamoRunInputs(dynamo, runsTable).ReadAsync(id, cancellation))?.Json;

    public async Task SaveAttemptAsync(Attempt attempt, CancellationToken cancellation) => await dynamo.PutItemAsync(
        new PutItemRequest { TableName = runsTable, Item = AttemptItems.Write(attempt, Expiry()) }, cancellation);

    public Task<IReadOnlyList<Attempt>> AttemptsAsync(RunId id, CancellationToken cancellation) =>
        AttemptsAsync(id, true, cancellation);

    // What is not consistent costs half. An attempt never changes, so one that is found is right.
    public async Task<IReadOnlyList<Attempt>> AttemptsAsync(LaunchId last, CancellationToken cancellation)
    {
        var attempts = await AttemptsAsync(last.Run, false, cancellation);
        return attempts is [.., var found] && found.Launch == last
            ? attempts
            : await AttemptsAsync(last.Run, cancellation);
    }

    private async Task<IReadOnlyList<Attempt>> AttemptsAsync(
        RunId id, bool isConsistent, CancellationToken cancellation)
    {
        var request = new QueryRequest
        {
            TableName = runsTable,
            ConsistentRead = isConsistent,
            KeyConditionExpression = $"{Tables.PartitionKey} = :run AND begins_with({Tables.SortKey}, :attempt)",
            ExpressionAttributeValues = new()
            {
                [":run"] = Items.Text(id.ToString()),
                [":attempt"] = Items.Text(AttemptItems.SortPrefix),
            },
        };
        return [.. (await dynamo.FindAsync(request, cancellation)).Select(AttemptItems.Read)];
    }

    private static bool HasLargeInput(Run run) =>
        run.Input is { } input && Encoding.UTF8.GetByteCount(input) > MaxInlineInput;

    private async Task PutInputAsync(Run run, string input, CancellationToken cancellation)
    {
        var item = Items.Key(run.Id.ToString(), Tables.InputItem);
        item[RunItems.Input] = Items.Text(input);
        item[Tables.ExpiresAt] = Items.Expiry(Expiry());
        // The first input stays: the run may have begun with it.
        await dynamo.TryCreateAsync(runsTable, item, cancellation);
    }

    private DateTimeOffset Expiry() => clock.GetUtcNow() + Items.PartRetention;
}
