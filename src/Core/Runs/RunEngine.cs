using Jobs.Core.Alerts;
using Jobs.Core.Definitions;
using Jobs.Core.Ports;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>
/// Turns facts into stored state and performs what the state owes. The state is written first, but for the slot of a task that has
/// stopped: a crash after any step leaves an effect on the run that the next nudge, or the sweep, performs.
/// </summary>
public sealed class RunEngine(IRunStore runs, ISlots slots, ITasks tasks, AlertDesk alerts, TimeProvider clock)
{
    /// <summary>Makes the run and launches it. False when the run existed already: the request is a repetition.</summary>
    public async Task<bool> SubmitAsync(RunId id, string trigger, JobDefinition job, string input, CancellationToken cancellation)
    {
        var run = RunLifecycle.Submit(id, trigger, RunPolicy.Of(job), input, clock.GetUtcNow());
        if (await runs.CreateAsync(run, cancellation))
        {
            await PerformAsync(new RunReading(run, null), launchIsOurs: true, cancellation);
            return true;
        }

        await ResumeAsync(id, cancellation);
        return false;
    }

    /// <summary>Applies a fact that depends on the run as it now is; null for no fact. Returns the run as it then is, or null when there is none.</summary>
    public async Task<Run?> ApplyAsync(RunId id, Func<RunReading, Fact?> factFor, CancellationToken cancellation)
    {
        while (await runs.ReadAsync(id, cancellation) is { } reading)
        {
            if (factFor(reading) is not { } fact) return reading.Run;
            var next = RunLifecycle.Apply(reading.Run, fact, clock.GetUtcNow());
            if (ReferenceEquals(next, reading.Run)) return next;
            var (settled, waits) = await ReleaseFirstAsync(fact, next, cancellation);
            if (!await SaveAsync(reading.Run, fact, settled, cancellation)) continue;
            var launches = settled.Launch > reading.Run.Launch;
            var run = await PerformAsync(reading with { Run = settled }, launches, cancellation);
            if (waits) await StartNextAsync(id.Job, cancellation);
            return run;
        }

        return null;
    }

    /// <summary>
    /// Ends the run, now or when its task has stopped. What its worker recorded is kept; a result that it records before it stops wins.
    /// </summary>
    public async Task<CancelAnswer> CancelAsync(RunId id, CancellationToken cancellation)
    {
        var wasOver = false;
        var run = await ApplyAsync(id, reading => (wasOver = reading.Run.IsOver) ? null : new Fact.CancelRequested(), cancellation);
        return run switch
        {
            null => CancelAnswer.NoSuchRun,
            _ when wasOver => CancelAnswer.AlreadyOver,
            { IsOver: true } => CancelAnswer.Cancelled,
            _ => CancelAnswer.Stopping,
        };
    }

    /// <summary>Performs what the run owes, as far as possible now. What fails stays owed and is thrown after the rest is done.</summary>
    public Task<Run> PerformAsync(RunReading reading, CancellationToken cancellation) => PerformAsync(reading, launchIsOurs: false, cancellation);

    /// <param name="launchIsOurs">This process has just written the launch it is to send: nobody can have sent it before.</param>
    private async Task<Run> PerformAsync(RunReading reading, bool launchIsOurs, CancellationToken cancellation)
    {
        var run = reading.Run;
        if (run.Owes(EffectKind.Launch) && await LaunchAsync(reading, launchIsOurs, cancellation) is { } launched) run = launched;
        var owed = run.Owed.Where(effect => effect.Kind != EffectKind.Launch).ToList();
        if (owed.Count == 0) return run;

        var failures = new List<Exception>();
        var done = new List<Effect>();
        var waits = false;
        foreach (var effect in owed)
        {
            try
            {
                if (effect.Kind == EffectKind.Release) waits = await slots.ReleaseAsync(run.LaunchId, cancellation);
                else if (!await PerformAsync(effect, reading with { Run = run }, cancellation)) continue;
                done.Add(effect);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(e);
            }
        }

        run = await NoteDoneAsync(run, done, cancellation);
        // The slot of a launch that ECS refused is not passed on at once: the next would be refused alike, and the next. The sweep paces those.
        if (waits && run.TaskArn is not null) await StartNextAsync(run.Id.Job, cancellation);
        return failures.Count == 0 ? run : throw new AggregateException($"Run {run.Id} still owes {string.Join(", ", run.Owed)}; the sweep repeats it.", failures);
    }

    /// <summary>Launches the run that has waited longest for a slot of the job, if any waits.</summary>
    public async Task StartNextAsync(string job, CancellationToken cancellation)
    {
        if (await runs.NextPendingAsync(job, cancellation) is { } next)
        {
            await ApplyAsync(next, reading => IsDue(reading.Run) ? new Fact.Dispatched() : null, cancellation);
        }
        else
        {
            // The index may be behind: a run that is overlooked here is due for the sweep within a minute.
            await slots.NobodyWaitsAsync(job, cancellation);
        }
    }

    /// <summary>
    /// A stopped task needs no slot, whatever becomes of the next write. Giving it back before that write saves the one that would
    /// note it done; a crash in between only gives it back twice.
    /// </summary>
    private async Task<(Run Settled, bool Waits)> ReleaseFirstAsync(Fact fact, Run next, CancellationToken cancellation)
    {
        if (fact is not Fact.TaskStopped stopped || !next.Owes(EffectKind.Release)) return (next, false);
        var waits = await slots.ReleaseAsync(new LaunchId(next.Id, stopped.Launch), cancellation);
        return (RunLifecycle.Done(next, [Effect.Release], clock.GetUtcNow()) with { Version = next.Version }, waits);
    }

    private bool IsDue(Run run) => run.State == RunState.Pending && (run.NotBefore ?? DateTimeOffset.MinValue) <= clock.GetUtcNow();

    private async Task<Run> NoteDoneAsync(Run run, List<Effect> done, CancellationToken cancellation)
    {
        if (done.Count == 0) return run;
        var next = RunLifecycle.Done(run, done, clock.GetUtcNow());
        // Somebody else wrote meanwhile: they, or the sweep, will perform these again, which is safe.
        return await runs.SaveAsync(next, cancellation) ? next : run;
    }

    // The trigger came again. Whoever took it first may have died before the launch; the sweep would find that later.
    private async Task ResumeAsync(RunId id, CancellationToken cancellation)
    {
        if (await runs.ReadAsync(id, cancellation) is not { } reading || !reading.Run.Owes(EffectKind.Launch)) return;
        if (AgeOfLaunch(reading.Run) > RunTimings.EffectGrace) await PerformAsync(reading, cancellation);
    }

    /// <returns>The run with the launch's outcome; null when the outcome is still unknown or somebody else has recorded it.</returns>
    private async Task<Run?> LaunchAsync(RunReading reading, bool isOurs, CancellationToken cancellation)
    {
        var run = reading.Run;
        var fact = isOurs ? await SendLaunchAsync(run, cancellation) : await ResolveLaunchAsync(reading, cancellation);
        if (isOurs && fact is Fact.LaunchAccepted && ClaimWillTell(run)) return run;
        var next = RunLifecycle.Apply(run, fact, clock.GetUtcNow());
        if (ReferenceEquals(next, run)) return null;
        if (await SaveAsync(run, fact, next, cancellation)) return next;
        // The run moved on while ECS was asked. The answer still has to be heard: a task may have to be stopped.
        return await ApplyAsync(run.Id, _ => fact, cancellation);
    }

    /// <summary>
    /// Whether the answer need not be written down: the worker's claim says which task does the work, and whoever looks at the run
    /// before that asks ECS. An image without our host never claims. After a long wait somebody else may have taken the launch on.
    /// </summary>
    private bool ClaimWillTell(Run run) => run.Policy.HasHost && AgeOfLaunch(run) < RunTimings.EffectGrace / 2;

    private TimeSpan AgeOfLaunch(Run run) => clock.GetUtcNow() - run.LaunchedAt.GetValueOrDefault();

    private async Task<Fact> SendLaunchAsync(Run run, CancellationToken cancellation)
    {
        if (run.Policy.MaxConcurrent is { } cap && !await slots.AcquireAsync(run.LaunchId, cap, cancellation)) return new Fact.SlotRefused(run.Launch);
        var answer = await tasks.LaunchAsync(new Launch(run.LaunchId, run.UsesSpot, await UploadForAsync(run, cancellation), run.Grown), cancellation);
        return answer switch
        {
            LaunchAnswer.Accepted accepted => new Fact.LaunchAccepted(run.Launch, accepted.TaskArn),
            LaunchAnswer.Refused refused => new Fact.LaunchRefused(run.Launch, refused.Verdict),
            LaunchAnswer.Unknown => new Fact.LaunchUnknown(run.Launch),
            _ => throw new InvalidOperationException($"RunTask's answer {answer} has no fact."),
        };
    }

    /// <summary>
    /// What became of a launch that somebody may have sent: a refusal of its repetition, for its rate say, would not prove that there is
    /// no task. So first it is looked for, and sent (again) only when the run still wants it and its token cannot have expired.
    /// </summary>
    private async Task<Fact> ResolveLaunchAsync(RunReading reading, CancellationToken cancellation)
    {
        var run = reading.Run;
        // A worker that claimed the launch is better proof of its task than any answer.
        if (reading.CurrentWorker is { } worker) return new Fact.TaskClaimed(run.Launch, worker.TaskArn, worker.ClaimedAt);
        var found = await tasks.FindAsync(run.LaunchId, cancellation);
        if (found.Count > 0) return new Fact.LaunchAccepted(run.Launch, found[0]);
        var age = AgeOfLaunch(run);
        if (run.State != RunState.Stopping && age <= RunTimings.LaunchTokenLife) return await SendLaunchAsync(run, cancellation);
        return age > RunTimings.MissingConfirmation ? new Fact.TaskMissing(run.Launch, null) : new Fact.LaunchUnknown(run.Launch);
    }

    private async Task<Upload?> UploadForAsync(Run run, CancellationToken cancellation) => run.Policy.HasHost
        ? null
        : Upload.TryParse(run.Input ?? await runs.ReadInputAsync(run.Id, cancellation));

    /// <returns>False when it cannot be done yet.</returns>
    private async Task<bool> PerformAsync(Effect effect, RunReading reading, CancellationToken cancellation)
    {
        var run = reading.Run;
        switch (effect.Kind)
        {
            case EffectKind.Stop:
                await tasks.StopAsync(effect.TaskArn!, StopReason(run, effect.TaskArn!), cancellation);
                return true;
            case EffectKind.Alert or EffectKind.AlertStuck or EffectKind.AlertRecovered:
                return await alerts.ReportAsync(effect.Kind, reading, cancellation);
            default:
                throw new InvalidOperationException($"Nobody performs the effect {effect}.");
        }
    }

    private static string StopReason(Run run, string taskArn) => taskArn != run.TaskArn
        ? $"Run {run.Id} moved on without this task."
        : run.StopCause switch
        {
            StopCause.TimedOut => $"Run {run.Id} timed out after {run.Policy.TimeoutMinutes} minutes.",
            StopCause.RunTimedOut => $"Run {run.Id} had its {run.Policy.RunTimeoutMinutes} minutes.",
            StopCause.NeverStarted => $"The task of run {run.Id} did not start.",
            StopCause.HeartbeatLost => $"Run {run.Id} showed no sign of life.",
            _ => $"Run {run.Id} was cancelled.",
        };

    private async Task<bool> SaveAsync(Run before, Fact fact, Run next, CancellationToken cancellation)
    {
        if (AttemptOf(before, fact, next) is { } attempt) await runs.SaveAttemptAsync(attempt, cancellation);
        return await runs.SaveAsync(next, cancellation);
    }

    // A success needs no item of its own: the run and the worker record say it all.
    private Attempt? AttemptOf(Run before, Fact fact, Run next)
    {
        if (next.Verdict is not { Class: not VerdictClass.Succeeded } verdict) return null;
        var (task, worker) = fact switch
        {
            Fact.TaskStopped stopped => (stopped.Task, stopped.Worker),
            Fact.TaskMissing missing => (new TaskObservation(before.TaskArn ?? ""), missing.Worker),
            _ => (null, null),
        };
        if (task is null) return null;
        var current = worker?.Launch == before.Launch ? worker : null;
        return new Attempt(before.LaunchId, before.Attempt, verdict)
        {
            TaskArn = next.TaskArn,
            Size = before.Size,
            Spot = before.UsesSpot,
            StartedAt = next.StartedAt,
            EndedAt = task.StoppedAt ?? clock.GetUtcNow(),
            Billed = next.Billed,
            ExitCode = task.Worker?.ExitCode,
            Error = current?.Error,
            Progress = current?.Progress,
            LogTail = current?.LogTail ?? [],
            Raw = task.Raw,
        };
    }
}
