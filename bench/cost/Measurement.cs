using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Jobs.Core;
using Jobs.Core.Pauses;
using Jobs.Local.Ground;
using Lapstack.Wire;

namespace Jobs.Bench.Cost;

/// <summary>Runs jobs of each kind on the laptop, one after the other, and measures what they call.</summary>
internal sealed class Measurement(Workspace workspace, string cloudAssembly, JsonObject template, TimeProvider clock)
{
    private readonly ConcurrentQueue<ApiCall> _calls = new();

    public async Task<(IReadOnlyList<MeasuredPath> Paths, IReadOnlyList<SharedTasks> Shared)> RunAsync(
        CancellationToken cancellation)
    {
        var state = Directory.CreateTempSubdirectory("jobs-cost-").FullName;
        try
        {
            var settings = new LaptopSettings { CloudAssembly = cloudAssembly, State = state, OnCall = _calls.Enqueue };
            await using var laptop = await Laptop.StartAsync(workspace, settings, clock, cancellation);
            var runs = await new PathRunner(laptop, workspace.Samples, _calls, clock).RunAllAsync(cancellation);
            var shared = await new SharedRunner(laptop, _calls, clock).RunAllAsync(cancellation);
            await using var twins = await TwinTables.StartAsync(template, clock, cancellation);
            return (await CountAsync(laptop, twins, runs, cancellation), shared);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private async Task<IReadOnlyList<MeasuredPath>> CountAsync(
        Laptop laptop, TwinTables twins, IReadOnlyList<PathRun> runs, CancellationToken cancellation)
    {
        var names = twins.Names.ToDictionary(table => laptop.Host.Resources[table.Key], table => table.Value);
        var meter = new DynamoMeter(twins, names);
        var measured = new Dictionary<string, List<IReadOnlyList<MeteredCall>>>();
        var calls = _calls.ToArray();
        var current = new List<MeteredCall>();
        var next = 0;
        for (var i = 0; i < calls.Length && next < runs.Count; i++)
        {
            var isCounted = i >= runs[next].Begin;
            var run = isCounted ? runs[next] : null;
            if (await MeterAsync(meter, calls[i], run, cancellation) is { } call) current.Add(call);
            if (i + 1 < runs[next].End) continue;
            foreach (var (path, own) in Split(current, runs[next]))
            {
                if (!measured.TryGetValue(path, out var all)) measured[path] = all = [];
                all.Add(own);
            }

            current = [];
            next++;
        }

        return [.. measured.Select(path => new MeasuredPath(path.Key, path.Value))];
    }

    /// <returns>Null for a call that no run pays for.</returns>
    private static async Task<MeteredCall?> MeterAsync(
        DynamoMeter meter, ApiCall call, PathRun? run, CancellationToken cancellation)
    {
        var who = run is null ? null : Callers.Of(call);
        var isDynamo = call.Service == "dynamodb";
        if (isDynamo && DynamoMeter.IsWrite(call.Operation))
        {
            var written = await meter.MeasureAsync(call.Operation, call.Body, cancellation);
            return who is null ? null : new MeteredCall(who, call.Operation, true, written);
        }

        // The tick's own looks do not grow with the runs; what it reads of a run is the run's.
        if (who is null || (who == Callers.Tick && call.Operation == "Query")) return null;
        if (isDynamo)
        {
            var read = await meter.MeasureAsync(call.Operation, call.Body, cancellation);
            return new MeteredCall(who, call.Operation, true, read);
        }

        return call.Service is "ecs" or "sns" ? new MeteredCall(who, call.Operation, false, About(call, run!)) : null;
    }

    private static IReadOnlyList<ItemUnits> About(ApiCall call, PathRun run) =>
    [
        .. run.Paths.Where(path => call.Body.Span.IndexOf(Encoding.UTF8.GetBytes(path.Run.Key)) >= 0).Take(1)
            .Select(path => new ItemUnits(path.Run.ToString(), "", 0, default)),
    ];

    /// <summary>
    /// Each process reads the pauses at most once in <see cref="PauseView.Age"/>, however many runs it starts.
    /// </summary>
    private static bool IsOfNoRun(ItemUnits item) =>
        item.Partition == Tables.JobsPartition && item.Sort == Tables.PausesItem;

    /// <summary>Each path's share of the calls.</summary>
    private static IEnumerable<(string Path, IReadOnlyList<MeteredCall> Calls)> Split(
        List<MeteredCall> calls, PathRun run)
    {
        // In their order: who pays for a call may follow from the one before.
        var paid = calls
            .Select(
                call =>
                    (Call: call,
                    Items: call.Items.ToLookup(item => IsOfNoRun(item) ? null : run.PathOf(call.Who, item))))
            .ToList();
        foreach (var (path, _) in run.Paths)
        {
            var own = paid.Where(one => one.Items.Contains(path));
            yield return (path, [.. own.Select(one => one.Call with { Items = [.. one.Items[path]] })]);
        }
    }
}
