using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Jobs.Aws.Runs;
using Jobs.Bench.CostWorker;
using Jobs.Core;
using Jobs.Core.Verdicts;
using Jobs.Local.Ground;
using Lapstack.Wire;

namespace Jobs.Bench.Cost;

/// <summary>Gives a task small files to share, and measures its time and its requests.</summary>
internal sealed class SharedRunner(Laptop laptop, ConcurrentQueue<ApiCall> calls, TimeProvider clock)
{
    private const int Files = 40;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<SharedTasks>> RunAllAsync(CancellationToken cancellation) =>
    [
        await RunAsync<SideBySide>("8 at a time", "side-by-side", SideBySide.MessagesPerTask, 50, cancellation),
        await RunAsync<OneByOne>("one by one", "one-by-one", OneByOne.MessagesPerTask, 30, cancellation),
    ];

    private async Task<SharedTasks> RunAsync<TJob>(
        string name, string job, int messagesPerTask, double least, CancellationToken cancellation)
    {
        var (begin, idle) = (calls.Count, JobDefinitions.From(typeof(TJob)).Queue!.IdleSeconds);
        for (var i = 0; i < Files; i++)
        {
            await laptop.S3.PutObjectAsync(
                new() { BucketName = laptop.Bucket, Key = $"{job}/{i}", ContentBody = "x" }, cancellation);
        }

        var summary = await EndAsync(job, cancellation);
        if (summary.Handled != Files)
        {
            throw new InvalidOperationException($"{job} handled {summary.Handled} of {Files} files in its first run.");
        }

        var requests = calls.Skip(begin).Count(call => call.Service == "sqs" && Callers.Of(call) == Callers.Worker);
        return new SharedTasks(name, Files, messagesPerTask, summary.Seconds - idle, idle, requests, least);
    }

    /// <summary>What the first run of the job's queue did.</summary>
    private async Task<DrainSummary> EndAsync(string job, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        using var dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonDynamoDBConfig { ServiceURL = laptop.Endpoint.ToString(), AuthenticationRegion = Laptop.Region });
        var history = new DynamoRunHistory(
            dynamo, laptop.Output(OutputNames.RunsTable), laptop.Output(OutputNames.ResultsTable));
        for (var began = clock.GetTimestamp(); clock.GetElapsedTime(began) < Patience;)
        {
            var page = await history.PageAsync([job], null, null, null, 1, cancellation);
            var runs = await history.ReadAsync([.. page.Runs], cancellation);
            if (runs is [{ Run.State: RunState.Succeeded, Worker.ResultJson: { } json }])
            {
                return JsonSerializer.Deserialize<DrainSummary>(json, JsonSerializerOptions.Web)!;
            }

            await Task.Delay(Poll, clock, cancellation);
        }

        throw new TimeoutException($"No run of {job} succeeded within {Patience}.");
    }

    /// <summary>As each minute does.</summary>
    private async Task LookAsync(CancellationToken cancellation)
    {
        var function = laptop.Resource("JobsFunctionsOnBacklogFunction");
        using var http = new HttpClient();
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        var url = new Uri(laptop.Endpoint, $"/2015-03-31/functions/{function}/invocations");
        using var answer = await http.PostAsync(url, body, cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
