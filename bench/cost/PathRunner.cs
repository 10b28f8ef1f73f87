using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Jobs.Core.Children;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Local.Ground;
using Lapstack.Wire;

namespace Jobs.Bench.Cost;

/// <summary>Makes runs of each kind, one after the other, each to its very end.</summary>
internal sealed class PathRunner(Laptop laptop, string samples, ConcurrentQueue<ApiCall> calls, TimeProvider clock)
{
    private const int Uploads = 10;

    /// <summary>Each fails with an error of its own, of which there are four.</summary>
    private const int Failures = 3;

    private const int Others = 4;

    private static readonly MediaTypeHeaderValue Json = new("application/x-amz-json-1.0");

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Without a call for so long, a run has nothing more to come.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>More often than each minute, so that no repetition waits for it.</summary>
    private static readonly TimeSpan BetweenTicks = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task<IReadOnlyList<PathRun>> RunAllAsync(CancellationToken cancellation)
    {
        // The first tick publishes the catalog and notes the schedules.
        await laptop.SweepAsync(cancellation);
        await QuietAsync(cancellation);
        var runs = new List<PathRun>();
        var photos = Directory.GetFiles(Path.Combine(samples, "photos"), "*.jpg").Order().ToArray();
        for (var i = 0; i < Uploads; i++) runs.Add(await UploadAsync(i, photos[i % photos.Length], cancellation));
        // The first of a schedule makes its item.
        await ScheduleAsync(Others, cancellation);
        for (var i = 0; i < Others; i++) runs.Add(await ScheduleAsync(Others - 1 - i, cancellation));
        for (var i = 0; i < Others; i++) runs.Add(await FamilyAsync(i, cancellation));
        for (var i = 0; i < Failures; i++) runs.Add(await FailAsync(i, cancellation));
        return runs;
    }

    private async Task<PathRun> UploadAsync(int number, string photo, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(photo);
        var begin = calls.Count;
        var id = await PutAsync("photo-catalog", $"photos/{number}.jpg", content, cancellation);
        return await EndAsync(begin, id, RunState.Succeeded, Budgets.Upload, cancellation);
    }

    /// <param name="hoursAgo">Which planned time it is.</param>
    private async Task<PathRun> ScheduleAsync(int hoursAgo, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var planned = hour.AddHours(-hoursAgo);
        var id = Scheduler.IdOf(new ScheduleKey("hourly-report", "rate-1-hour"), planned);
        var begin = calls.Count;
        var text = planned.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var message = new JsonObject { ["job"] = "hourly-report", ["schedule"] = "rate-1-hour", ["plannedAt"] = text };
        await SendAsync(message.ToJsonString(), cancellation);
        return await EndAsync(begin, id, RunState.Succeeded, Budgets.Scheduled, cancellation);
    }

    private async Task<PathRun> FamilyAsync(int number, CancellationToken cancellation)
    {
        var begin = calls.Count;
        var parent = await PutAsync("parent", $"parents/{number}", "x", cancellation);
        var child = ChildRun.IdOf("part", parent, 0);
        var shares = new FamilyShares(child);
        await EndAsync(parent, RunState.Succeeded, cancellation);
        return new PathRun(begin, calls.Count, [(Budgets.Child, child), (Budgets.Parent, parent)], PathOf);

        string? PathOf(string who, ItemUnits item) => who switch
        {
            Callers.Tick when item.Partition != parent.ToString() && item.Partition != child.ToString() => null,
            _ => shares.IsChilds(who, item) ? Budgets.Child : Budgets.Parent,
        };
    }

    private async Task<PathRun> FailAsync(int number, CancellationToken cancellation)
    {
        var begin = calls.Count;
        var id = await PutAsync("failing", $"failing/{number}", "x", cancellation);
        return await EndAsync(begin, id, RunState.Failed, Budgets.Failure, cancellation);
    }

    /// <summary>All that was called meanwhile; of the tick, only what it does with the run and its alert.</summary>
    private static Func<string, ItemUnits, string?> OnlyPath(string path, RunId id) => (who, item) =>
        who != Callers.Tick || item.Partition == id.ToString() || item.Partition == "alerts" ? path : null;

    /// <summary>Of a run that takes only one path.</summary>
    private async Task<PathRun> EndAsync(
        int begin, RunId id, RunState expected, string path, CancellationToken cancellation)
    {
        await EndAsync(id, expected, cancellation);
        return new PathRun(begin, calls.Count, [(path, id)], OnlyPath(path, id));
    }

    private async Task EndAsync(RunId id, RunState expected, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var swept = started;
        while (await laptop.Runs.ReadAsync(id, cancellation) is not { Run: { IsOver: true, Owed.IsEmpty: true } })
        {
            var waited = clock.GetElapsedTime(started);
            if (waited > Patience) throw new TimeoutException($"Run {id} did not end within {Patience}.");
            await Task.Delay(Poll, clock, cancellation);
            if (clock.GetElapsedTime(swept) < BetweenTicks) continue;
            await laptop.SweepAsync(cancellation);
            swept = clock.GetTimestamp();
        }

        await QuietAsync(cancellation);
        if (await laptop.Runs.ReadAsync(id, cancellation) is not { } reading || reading.Run.State != expected)
        {
            throw new InvalidOperationException(
                $"Run {id} was to be {expected} in the end, so its calls are not those of such a run.");
        }
    }

    private async Task QuietAsync(CancellationToken cancellation)
    {
        var (before, since) = (CallsOfStack(), clock.GetTimestamp());
        while (clock.GetElapsedTime(since) < Quiet)
        {
            await Task.Delay(Poll, clock, cancellation);
            var now = CallsOfStack();
            if (now != before) (before, since) = (now, clock.GetTimestamp());
        }
    }

    private int CallsOfStack() => calls.Count(call => Callers.Of(call) is { } who && who != Callers.Tick);

    private async Task<RunId> PutAsync(string job, string key, string text, CancellationToken cancellation)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await PutAsync(job, key, content, cancellation);
    }

    private async Task<RunId> PutAsync(string job, string key, Stream content, CancellationToken cancellation)
    {
        var request = new PutObjectRequest { BucketName = laptop.Bucket, Key = key, InputStream = content };
        var put = await laptop.S3.PutObjectAsync(request, cancellation);
        return UploadIntake.Identify(job, new Upload(laptop.Bucket, key) { VersionId = put.VersionId });
    }

    private async Task SendAsync(string message, CancellationToken cancellation)
    {
        var queue = laptop.Resource("JobsFunctionsSchedulesQueue");
        var body = new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = message };
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, laptop.Endpoint)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, Json),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.SendMessage");
        using var answer = await http.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
