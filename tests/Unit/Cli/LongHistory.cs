using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Jobs.Aws;
using Jobs.Aws.Layout;
using Jobs.Aws.Runs;
using Jobs.Core;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Cli;

/// <summary>
/// The two tables after many runs, as DynamoDB answers for them: a query sees one partition of the history index, in
/// order and up to its limit. A call of any other kind, such as a Scan, fails. Filling dynalite with as many would take
/// a minute.
/// </summary>
internal sealed class LongHistory : AmazonDynamoDBClient
{
    public const string RunsTable = "runs";
    public const string ResultsTable = "results";

    private readonly Dictionary<string, List<Run>> _partitions = [];
    private readonly Dictionary<string, Run> _runs = [];
    private int _gets;

    public LongHistory()
        : base(new AnonymousAWSCredentials(), new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:1" }) =>
        BeforeRequestEvent += (_, call) =>
            throw new InvalidOperationException(
                $"{(call as WebServiceRequestEventArgs)?.Request.GetType().Name} is a call that no listing makes.");

    public static IReadOnlyList<string> Jobs { get; } = ["csv-import", "hourly-report"];

    /// <summary>Queries as <c>partition, items given</c>.</summary>
    public ConcurrentBag<(string Partition, int Items)> Queries { get; } = [];

    /// <summary>Runs that were read.</summary>
    public ConcurrentBag<int> Batches { get; } = [];

    public int Gets => _gets;

    /// <summary>
    /// One run a second before <see cref="Sample.Now"/>, each job in turn; one of each <paramref name="perFailure"/>
    /// failed.
    /// </summary>
    public void Fill(int runs, int perFailure)
    {
        for (var i = 0; i < runs; i++)
        {
            var at = Sample.Now.AddSeconds(-i);
            var failed = i % perFailure == perFailure - 1;
            var run = new Run(RunId.From(Jobs[i % Jobs.Count], $"{i}"))
            {
                State = failed ? RunState.Failed : RunState.Succeeded,
                Trigger = "test",
                Policy = Sample.Policy,
                CreatedAt = at,
                EndedAt = at.AddMilliseconds(500),
                Verdict = failed
                    ? new Verdict(
                        VerdictClass.JobFailed, VerdictAction.GiveUp, "The file is empty.", "Upload one with content.")
                    : null,
            };
            _runs.Add(run.Id.ToString(), run);
            var partition = RunItems.Partition(run.Id);
            if (!_partitions.TryGetValue(partition, out var list)) _partitions.Add(partition, list = []);
            list.Add(run);
        }
    }

    public void Forget()
    {
        _gets = 0;
        Queries.Clear();
        Batches.Clear();
    }

    public override Task<GetItemResponse> GetItemAsync(
        GetItemRequest request, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _gets);
        return Task.FromResult(
            new GetItemResponse { Item = new() { ["names"] = new AttributeValue { SS = [.. Jobs] } } });
    }

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        var values = request.ExpressionAttributeValues;
        if (request.IndexName is Names.WatchIndex or Names.WaitingIndex)
        {
            // Nothing is under way.
            Queries.Add((request.IndexName, 0));
            return Task.FromResult(new QueryResponse { Items = [] });
        }

        Assert.Equal(
            (RunsTable, Names.HistoryIndex, false), (request.TableName, request.IndexName, request.ScanIndexForward));
        var partition = values[":partition"].S;
        var runs = _partitions.GetValueOrDefault(partition) ?? [];
        var range = values.TryGetValue(":from", out var from)
            ? runs.Where(run => Within(run, from.S, values[":to"].S))
            : runs;
        var items = range.Take(request.Limit ?? int.MaxValue).Select(run => new Dictionary<string, AttributeValue>
        {
            [Tables.PartitionKey] = Items.Text(run.Id.ToString()),
            [Tables.CreatedAt] = Items.Instant(run.CreatedAt),
        }).ToList();
        Queries.Add((partition, items.Count));
        return Task.FromResult(new QueryResponse { Items = items });
    }

    public override Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default)
    {
        var keys = request.RequestItems[RunsTable].Keys;
        Assert.InRange(keys.Count + request.RequestItems[ResultsTable].Keys.Count, 0, 100);
        Batches.Add(keys.Count);
        return Task.FromResult(new BatchGetItemResponse
        {
            Responses = new()
            {
                [RunsTable] = [.. keys.Select(key => RunItems.Write(_runs[key[Tables.PartitionKey].S]))],
                [ResultsTable] = [],
            },
            UnprocessedKeys = [],
        });
    }

    private static bool Within(Run run, string from, string to)
    {
        var at = Items.InstantText(run.CreatedAt);
        return string.CompareOrdinal(from, at) <= 0 && string.CompareOrdinal(at, to) <= 0;
    }
}
