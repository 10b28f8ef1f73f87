using System.Text.Json.Nodes;
using Amazon.Runtime;
using Jobs.Cli.Ports;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Core.Schedules;
using Jobs.Core.Scheduling;
using Jobs.Core.Triggers;
using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Tests.Unit.Cli;

/// <summary>Canaries of the stack in memory: each does at once what it is told, but for what a test breaks.</summary>
internal sealed class FakeCanaries : IProbe
{
    private readonly CommandLine _jobs;

    public FakeCanaries(CommandLine jobs)
    {
        (_jobs, jobs.Probe, jobs.Stack.CarryOut) = (jobs, this, CarryOutAsync);
        jobs.Stack.History = new InMemory.InMemoryRunHistory(jobs.Stack.Store, CanaryNames.All);
        jobs.Stack.Catalog = new JobCatalog([.. CanaryNames.All.Select(name => new JobDefinition(name))]);
        jobs.Stack.Place = jobs.Stack.Place with
        {
            Outputs = new Dictionary<string, string>(jobs.Stack.Place.Outputs) { [OutputNames.CanaryRule] = "rule" },
        };
    }

    /// <summary>What does not come: the runs of these jobs.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>What becomes of a run before it is stored.</summary>
    public Func<Run, Run> Change { get; set; } = run => run;

    /// <summary>What the workers give back for a token.</summary>
    public Func<string, string> Result { get; set; } = token => $$"""{"token":"{{token}}"}""";

    public string DrainResult { get; set; } = """{"handled":1}""";

    public bool LogsAreThere { get; set; } = true;

    public bool AlertsAreSent { get; set; } = true;

    public List<Subscription> Told { get; } = [new("email", "admin@example.com", IsConfirmed: true)];

    public bool CanInterrupt { get; set; } = true;

    /// <summary>Refuses that anything is removed.</summary>
    public Exception? Refusal { get; set; }

    public List<Upload> Objects { get; } = [];

    public List<string> Messages { get; } = [];

    public bool RuleIsOn { get; private set; }

    public List<string> Interrupted { get; } = [];

    private DateTimeOffset Now => _jobs.Clock.GetUtcNow();

    public async Task<Upload> UploadAsync(string key, string content, CancellationToken cancellation)
    {
        var upload = new Upload(FakeStack.BucketName, key) { VersionId = "v1" };
        Objects.Add(upload);
        await EndAsync(UploadIntake.Identify(CanaryNames.OfUploads, upload), RunState.Succeeded, content);
        return upload;
    }

    public Task RemoveAsync(Upload upload, CancellationToken cancellation)
    {
        if (Refusal is { } e) return Task.FromException(e);
        Objects.Remove(upload);
        return Task.CompletedTask;
    }

    public async Task SendAsync(string job, string body, CancellationToken cancellation)
    {
        Messages.Add(body);
        if (Silent.Contains(job)) return;
        Messages.Clear();
        await StoreAsync(Of(RunId.From(job, "drain", body), RunState.Succeeded), DrainResult);
    }

    public Task PurgeAsync(string job, CancellationToken cancellation)
    {
        Messages.Clear();
        return Task.CompletedTask;
    }

    public async Task SwitchAsync(string rule, bool isOn, CancellationToken cancellation)
    {
        RuleIsOn = isOn;
        if (!isOn || Silent.Contains("rule")) return;
        var minute = new DateTimeOffset(Now.Ticks - (Now.Ticks % Schedule.Resolution.Ticks), TimeSpan.Zero);
        var key = new ScheduleKey(CanaryNames.Canary, CanaryNames.Schedule);
        await EndAsync(Scheduler.IdOf(key, minute + Schedule.Resolution), RunState.Succeeded, "");
    }

    public Task<IReadOnlyList<Subscription>> SubscriptionsAsync(string topicArn, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Subscription>>(Told);

    public async Task InterruptAsync(string taskArn, CancellationToken cancellation)
    {
        Interrupted.Add(taskArn);
        var run = _jobs.Stack.Store.All.Single(run => run.Id.Job == CanaryNames.OnSpot);
        await SaveAsync(run, run with
        {
            State = RunState.Succeeded,
            Launch = 2,
            Interruptions = 1,
            UsesSpot = false,
            EndedAt = Now,
        });
    }

    public static Exception Denied(string message) =>
        new AmazonServiceException(message, ErrorType.Sender, "AccessDenied", "", System.Net.HttpStatusCode.Forbidden);

    private async Task CarryOutAsync(string body)
    {
        var command = JsonNode.Parse(body)!;
        if ((string)command["command"]! == "cancel")
        {
            var id = RunId.Parse((string)command["run"]!);
            var run = _jobs.Stack.Store.Find(id)!;
            await SaveAsync(run, run with { State = RunState.Cancelled, EndedAt = Now });
            return;
        }

        var (job, token) = ((string)command["job"]!, (string)command["id"]!);
        if (Silent.Contains(token[(token.LastIndexOf('-') + 1)..])) return;
        var act = (string)command["input"]!["does"]!;
        await SubmitAsync(RunId.From(job, "manual", token), token, act, command["labels"]!);
    }

    private Task SubmitAsync(RunId id, string token, string act, JsonNode labels)
    {
        string[] named = [.. labels.AsObject().Select(label => $"{label.Key}={(string)label.Value!}")];
        return act switch
        {
            "fail" => FailAsync(id, named),
            "wait" when token.EndsWith("timeout", StringComparison.Ordinal) =>
                StoreAsync(Of(id, RunState.TimedOut) with { Labels = [.. named] }, null),
            "wait" or "waitOnce" => StoreAsync(Of(id, RunState.Running) with { Labels = [.. named] }, null),
            _ => EndAsync(id, RunState.Succeeded, token, named),
        };
    }

    private async Task FailAsync(RunId id, string[] labels)
    {
        await StoreAsync(
            Of(id, RunState.Failed) with
            {
                Labels = [.. labels],
                Attempt = 2,
                Launch = 2,
                Verdict = new Verdict(VerdictClass.JobFailed, VerdictAction.GiveUp, "As asked.", ""),
            },
            null);
        if (!AlertsAreSent) return;
        var causes = _jobs.Stack.OpenAlerts;
        var key = new AlertCauseKey(id.Job, false, "JobFailed");
        var opened = (await causes.CountAsync(key, AlertMember.Of(id), "tail", Now, default))!.Cause;
        if (await causes.ClaimAsync(opened, AlertStep.First, Now, default))
        {
            await causes.NoteSentAsync(opened with { Claims = opened.Claims + 1 }, AlertStep.First, default);
        }
    }

    private Task EndAsync(RunId id, RunState state, string token, params string[] labels)
    {
        if (LogsAreThere) _jobs.Stack.Lines[Names.LogStream("1")] = [new LogLine(Now, $"Canary {token} is told.")];
        return StoreAsync(Of(id, state) with { Labels = [.. labels] }, Result(token));
    }

    private Run Of(RunId id, RunState state) => new(id)
    {
        State = state,
        Trigger = "manual",
        Policy = Core.Runs.Sample.Policy,
        CreatedAt = Now,
        StartedAt = Now,
        EndedAt = state == RunState.Running ? null : Now,
        Launch = 1,
        TaskArn = Core.Runs.Sample.Task1,
        UsesSpot = id.Job == CanaryNames.OnSpot,
    };

    /// <summary>Once, as the functions do, however often it is asked for.</summary>
    private async Task StoreAsync(Run run, string? result)
    {
        run = Change(run);
        if (Silent.Contains(run.Id.Job) || !await _jobs.Stack.Store.CreateAsync(run, default)) return;
        await _jobs.Stack.Workers.ClaimAsync(run.LaunchId, run.TaskArn!, Now, default);
        if (result is null) return;
        await _jobs.Stack.Workers.CompleteAsync(
            run.LaunchId, Now, new WorkerOutcome(0) { ResultJson = result }, default);
    }

    private async Task SaveAsync(Run before, Run after) => Assert.True(
        await _jobs.Stack.Store.SaveAsync(Change(after) with { Version = before.Version + 1 }, default));
}
