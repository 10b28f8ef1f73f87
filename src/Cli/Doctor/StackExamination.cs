using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cli.Doctor;

/// <summary>Looks at the parts of a stack that was found.</summary>
internal sealed class StackExamination(ISurroundings surroundings, IStack stack, TimeProvider clock)
{
    /// <summary>The tick comes each minute; two may be late.</summary>
    private static readonly TimeSpan TickLimit = TimeSpan.FromMinutes(3);

    /// <summary>A run is looked at when it is due, and the sweep comes each minute.</summary>
    private static readonly TimeSpan OverdueLimit = TimeSpan.FromMinutes(5);

    /// <summary>How long a pause without an end may last before it may be forgotten.</summary>
    private static readonly TimeSpan OldPause = TimeSpan.FromDays(7);

    private const int DeepQueue = 1_000;

    /// <summary>Of every stack. OnEvent is where jobs answer events.</summary>
    private static readonly string[] Functions =
    [
        "OnUpload", "OnSchedule", "OnBacklog", "OnCommand", "OnTaskStopped", "OnTick",
    ];

    private static readonly string[] Needed =
        [
            OutputNames.Bucket, OutputNames.Cluster, OutputNames.RunsTable, OutputNames.ResultsTable,
            OutputNames.AlertTopic, OutputNames.Commands,
        ];

    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellation) => await Task.WhenAll(
        Examination.CheckAsync("stack", () => StatusAsync(cancellation)),
        Examination.CheckAsync("outputs", () => Task.FromResult(Outputs())),
        Examination.CheckAsync("tables", () => TablesAsync(cancellation)),
        Examination.CheckAsync("functions", () => FunctionsAsync(cancellation)),
        Examination.CheckAsync("tick", () => TickAsync(cancellation)),
        Examination.CheckAsync("jobs", () => JobsAsync(cancellation)),
        Examination.CheckAsync("buckets", () => BucketsAsync(cancellation)),
        Examination.CheckAsync("queues", () => QueuesAsync(cancellation)),
        Examination.CheckAsync("dead letters", () => DeadLettersAsync(cancellation)),
        Examination.CheckAsync("runs", () => RunsAsync(cancellation)),
        Examination.CheckAsync("pauses", () => PausesAsync(cancellation)),
        Examination.CheckAsync("alerts", () => AlertsAsync(cancellation)));

    private async Task<Check> StatusAsync(CancellationToken cancellation)
    {
        var status = await surroundings.StackStatusAsync(stack.Place.Name, cancellation);
        var detail = $"{stack.Place.Title}: {status}";
        return status switch
        {
            _ when status.Contains("FAILED", StringComparison.Ordinal)
                || status.StartsWith("DELETE", StringComparison.Ordinal)
                || status == "ROLLBACK_COMPLETE" =>
                Check.Error(
                    "stack",
                    detail,
                    $"Its events say why: aws cloudformation describe-stack-events --stack-name {stack.Place.Name}. " +
                    "Then deploy again."),
            _ when status.Contains("IN_PROGRESS", StringComparison.Ordinal) =>
                Check.Warning("stack", detail, "A deployment is under way; look again when it is done."),
            "UPDATE_ROLLBACK_COMPLETE" =>
                Check.Warning(
                    "stack",
                    detail,
                    "The last deployment failed and was taken back: its events say why. Mend it and deploy again."),
            _ => Check.Ok("stack", detail),
        };
    }

    private Check Outputs()
    {
        var missing = Needed.Where(name => !stack.Place.Outputs.ContainsKey(name)).ToList();
        return missing.Count == 0
            ? Check.Ok("outputs", Words.Count(stack.Place.Outputs.Count, "output"))
            : Check.Error(
                "outputs",
                $"Missing: {string.Join(", ", missing)}.",
                "The stack was deployed by an older version: deploy it again.");
    }

    private async Task<Check> TablesAsync(CancellationToken cancellation)
    {
        var faults = await Task.WhenAll(
            surroundings.TableFaultsAsync(
                stack.Place.Output(OutputNames.RunsTable),
                [Names.WatchIndex, Names.WaitingIndex, Names.HistoryIndex],
                cancellation),
            surroundings.TableFaultsAsync(stack.Place.Output(OutputNames.ResultsTable), [], cancellation));
        var all = faults.SelectMany(one => one).ToList();
        return all.Count == 0
            ? Check.Ok("tables", "Runs with its indexes, and Results, are active")
            : Check.Error(
                "tables", string.Join(' ', all), "Deploy the stack again; an index that is being made takes minutes.");
    }

    /// <summary>Each function has a log group of its own, which the stack makes with it.</summary>
    private async Task<Check> FunctionsAsync(CancellationToken cancellation)
    {
        var isThere = stack.Place.Outputs.ContainsKey(OutputNames.QueuePrefix + Names.EventsQueue);
        string[] functions = [.. Functions, .. isThere ? ["OnEvent"] : Array.Empty<string>()];
        await Task.WhenAll(functions.Select(function => stack.Logs.LastWrittenAsync(LogGroup(function), cancellation)));
        return Check.Ok("functions", string.Join(", ", functions));
    }

    private async Task<Check> TickAsync(CancellationToken cancellation)
    {
        var last = await stack.Logs.LastWrittenAsync(LogGroup("OnTick"), cancellation);
        var remedy = $"Look at its log (aws logs tail {LogGroup("OnTick")}) and at rule Tick in EventBridge. Without " +
            "it nothing lost is found.";
        if (last is not { } at)
        {
            return Check.Warning(
                "tick", "OnTick has not run yet.", "It runs each minute: look again in two. " + remedy);
        }

        var ago = clock.GetUtcNow() - at;
        return ago > TickLimit
            ? Check.Error("tick", $"OnTick last ran {Words.Span(ago)} ago, and it should each minute.", remedy)
            : Check.Ok("tick", $"OnTick ran {Words.Ago(at, clock.GetUtcNow())}");
    }

    private async Task<Check> JobsAsync(CancellationToken cancellation)
    {
        var jobs = await stack.History.JobsAsync(cancellation);
        return jobs.Count > 0
            ? Check.Ok("jobs", string.Join(", ", jobs))
            : Check.Warning(
                "jobs",
                "None has been registered.",
                "The first tick after a deployment registers them: look again in a minute. If it stays so, see tick.");
    }

    /// <summary>The runner's own tells EventBridge of its uploads by the template; others are looked at.</summary>
    private async Task<Check> BucketsAsync(CancellationToken cancellation)
    {
        if ((await stack.History.JobsAsync(cancellation)).Count == 0)
        {
            return Check.Unknown("buckets", "Which jobs listen to is not known yet.", "See jobs.");
        }

        var buckets = (await stack.CatalogAsync(cancellation)).OtherBuckets.ToList();
        var sends = await Task.WhenAll(
            buckets.Select(bucket => surroundings.SendsEventsAsync(bucket, cancellation)));
        if (buckets.Where((_, i) => sends[i] is null).FirstOrDefault() is { } missing)
        {
            return Check.Error(
                "buckets",
                $"There is no bucket {missing} in the stack's Region, so its uploads start nothing.",
                "Name one that is there, in [OnUpload(Bucket = …)] or JobRunnerProps.Buckets, and deploy.");
        }

        return buckets.Where((_, i) => sends[i] == false).FirstOrDefault() is { } silent
            ? Check.Error(
                "buckets",
                $"{silent} does not tell EventBridge of its uploads, so they start nothing.",
                $"Switch it on, which takes effect within minutes: {BucketEvents.SwitchOn(silent)}")
            : Check.Ok("buckets", string.Join(", ", buckets.Prepend(stack.Place.Output(OutputNames.Bucket))));
    }

    private async Task<Check> QueuesAsync(CancellationToken cancellation)
    {
        var queues = await QueueState.AllAsync(stack.Queues, cancellation);
        var deep = queues.Where(queue => queue.Depth.Visible > DeepQueue).ToList();
        return deep.Count == 0
            ? Check.Ok(
                "queues",
                $"{Words.Count(queues.Sum(queue => queue.Depth.Visible + queue.Depth.InFlight), "message")} in " +
                $"{Words.Count(stack.Queues.Working.Count, "queue")}")
            : Check.Warning(
                "queues",
                string.Join(
                    ", ", deep.Select(queue => Words.Invariant($"{queue.Name} has {queue.Depth.Visible:#,0} waiting"))),
                "More comes than is handled: look at the function's log and throttles, or wait for the burst to pass.");
    }

    private async Task<Check> DeadLettersAsync(CancellationToken cancellation)
    {
        var full = (await QueueState.AllAsync(stack.Queues, cancellation))
            .Where(queue => queue.DeadLetters > 0)
            .ToList();
        return full.Count == 0
            ? Check.Ok("dead letters", "none")
            : Check.Warning(
                "dead letters",
                string.Join(", ", full.Select(queue => Words.Invariant($"{queue.Name} {queue.DeadLetters:#,0}"))),
                $"Read why: {stack.Place.Lines.DeadLetters(full[0].Name)}");
    }

    private async Task<Check> RunsAsync(CancellationToken cancellation)
    {
        var jobs = await stack.History.JobsAsync(cancellation);
        var active = await ActiveRuns.ReadAsync(stack.History, jobs, cancellation);
        if (active.Unreadable is [var unreadable, ..])
        {
            return Check.Error(
                "runs",
                $"{Words.Count(active.Unreadable.Count, "run")} cannot be read: {unreadable.Id}, {unreadable.Why}",
                UnreadableRun.Remedy);
        }

        var runs = active.Readings.Select(reading => reading.Run).ToList();
        var stuck = runs.Where(run => run.Stall is not null).ToList();
        if (stuck.Count > 0)
        {
            return Check.Warning(
                "runs",
                $"{Words.Count(stuck.Count, "run")} stuck: {stuck[0].Stall!.Reason}",
                stack.Place.Lines.Show(stuck[0].Id.ToString()));
        }

        var now = clock.GetUtcNow();
        var overdue = runs.Where(run => run.NextCheckAt + OverdueLimit < now).ToList();
        return overdue.Count > 0
            ? Check.Warning(
                "runs",
                $"{Words.Count(overdue.Count, "run")} should have been looked at by the sweep and were not.",
                $"See tick, and: {stack.Place.Lines.Show(overdue[0].Id.ToString())}")
            : Check.Ok("runs", $"{Words.Count(runs.Count(run => !run.IsOver), "run")} under way, none stuck");
    }

    /// <summary>A pause that ends by itself is meant; one that does not may be forgotten.</summary>
    private async Task<Check> PausesAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var lasting = (await stack.Pauses.ReadAsync(cancellation)).LastingAt(now).ToList();
        var old = lasting.Where(pause => pause.Until is null && pause.From + OldPause < now).ToList();
        return old.Count == 0
            ? Check.Ok("pauses", lasting.Count == 0 ? "nothing is paused" : Words.Count(lasting.Count, "pause"))
            : Check.Warning(
                "pauses",
                string.Join(
                    ", ", old.Select(pause => $"{pause.Target} since {Words.Span(now - pause.From)}: {pause.Reason}")),
                $"If it is forgotten: {stack.Place.Lines.Resume(old[0].Job, old[0].Schedule)}");
    }

    private async Task<Check> AlertsAsync(CancellationToken cancellation)
    {
        var open = await stack.Alerts.OpenAsync(cancellation);
        if (open.Unreadable.Count > 0)
        {
            var unreadable = Words.Count(open.Unreadable.Count, "open cause");
            return Check.Warning("alerts", $"{unreadable} cannot be read", open.Unreadable[0]);
        }

        var troubles = open.Troubles;
        return troubles.Count == 0
            ? Check.Ok("alerts", "none open")
            : Check.Warning(
                "alerts",
                $"{Words.Count(troubles.Count, "cause")} open: {troubles[0].Key.Job}, {troubles[0].Key.Reason}",
                $"The admins have an e-mail. All of them: {stack.Place.Lines.Status()}");
    }

    private string LogGroup(string function) => $"/jobs/{stack.Place.Name}/functions/{function}";
}
