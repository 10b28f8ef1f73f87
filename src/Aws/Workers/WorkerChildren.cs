using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Aws.Layout;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Tracing;

namespace Jobs.Aws.Workers;

/// <summary>Children through the commands queue and the two tables.</summary>
/// <param name="commands">The queue and its URL, made when something is sent: few jobs submit others.</param>
public sealed class WorkerChildren(
    IAmazonDynamoDB dynamo, string runsTable, string resultsTable, Lazy<(IAmazonSQS Sqs, string Url)> commands,
        TimeProvider clock) : IWorkerChildren
{
    /// <summary>
    /// Messages of one call.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
    /// </summary>
    private const int BatchSize = 10;

    /// <summary>Bytes of one call, a little below SQS's 1 MiB.</summary>
    private const int BatchBytes = 1_000_000;

    /// <summary>SQS may refuse single messages of a batch; the SDK repeats only whole calls.</summary>
    private const int Tries = 4;

    public async Task SendAsync(IReadOnlyList<string> bodies, CancellationToken cancellation)
    {
        foreach (var batch in Batches(bodies)) await SendBatchAsync(batch, cancellation);
    }

    public async Task<int> AwaitedAsync(RunId run, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = runsTable,
                Key = Items.Key(run.ToString(), Tables.RunItem),
                ProjectionExpression = RunItems.Children,
                ConsistentRead = true,
            },
            cancellation);
        return (int)(Items.NumberOf(answer.Item ?? [], RunItems.Children) ?? 0);
    }

    public Task<IReadOnlyList<ChildRun>> ChildrenAsync(RunId run, CancellationToken cancellation) =>
        new DynamoChildren(dynamo, runsTable, clock).AllAsync(run, cancellation);

    public async Task<(string? Json, string? Key)> ResultAsync(RunId child, CancellationToken cancellation)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest
            {
                TableName = resultsTable,
                Key = Items.Key(child.ToString(), Tables.WorkerItem),
                ProjectionExpression = "#result, #key",
                ExpressionAttributeNames = new() { ["#result"] = WorkerItems.Result, ["#key"] = WorkerItems.ResultKey },
                ConsistentRead = true,
            },
            cancellation);
        return (
            Items.TextOf(answer.Item ?? [], WorkerItems.Result),
            Items.TextOf(answer.Item ?? [], WorkerItems.ResultKey));
    }

    private async Task SendBatchAsync(List<string> bodies, CancellationToken cancellation)
    {
        var attributes = TraceAttributes();
        var left = bodies;
        for (var tries = 1; left.Count > 0; tries++)
        {
            var (sqs, url) = commands.Value;
            var entries = left.Select(
                (body, index) =>
                    new SendMessageBatchRequestEntry
                    {
                        Id = index.ToString(CultureInfo.InvariantCulture),
                        MessageBody = body,
                        MessageAttributes = attributes,
                    })
                .ToList();
            var answer = await sqs.SendMessageBatchAsync(
                new SendMessageBatchRequest { QueueUrl = url, Entries = entries }, cancellation);
            var failed = answer.Failed ?? [];
            if (failed.Count > 0 && (tries == Tries || failed.Any(one => one.SenderFault == true)))
            {
                throw new IOException(
                    $"SQS refused {failed.Count} of {left.Count} commands: {failed[0].Code} {failed[0].Message}");
            }

            left = [.. failed.Select(one => left[int.Parse(one.Id, CultureInfo.InvariantCulture)])];
        }
    }

    /// <summary>The step that submits, for the trace of the children; null without tracing.</summary>
    private static Dictionary<string, MessageAttributeValue>? TraceAttributes() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } step
            ? new()
            {
                [TraceText.TraceParent] = new() { DataType = "String", StringValue = TraceText.Write(step.Context) },
            }
            : null;

    private static IEnumerable<List<string>> Batches(IEnumerable<string> bodies)
    {
        var (batch, bytes) = (new List<string>(), 0);
        foreach (var body in bodies)
        {
            var size = Encoding.UTF8.GetByteCount(body);
            if (batch.Count == BatchSize || (batch.Count > 0 && bytes + size > BatchBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(body);
            bytes += size;
        }

        if (batch.Count > 0) yield return batch;
    }
}
