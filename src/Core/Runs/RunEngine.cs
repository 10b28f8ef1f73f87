using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Ports;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>
/// Turns facts into stored state and performs what the state owes. The state is written first, but for the slot of a task that has
/// stopped: a crash after any step leaves an effect on the run that the next nudge, or the sweep, performs.
/// </summary>
/// <param name="runs">Where runs are kept.</param>
/// <param name="permits">What capped and budgeted launches must hold.</param>
/// <param name="handlers">Who performs the effects.</param>
/// <param name="catalog">What is deployed.</param>
public sealed class RunEngine(
    IRunStore runs, LaunchPermits permits, ITasks tasks, EffectHandlers handlers, JobCatalog catalog, TimeProvider clock)
{
    /// <summary>Shut for a moment after a launch of this process was refused for its rate.</summary>
    public LaunchGate Gate { get; } = new(clock);

    /// <summary>
    /// Makes the run and launches it; while ECS refuses launches for their rate, leaves it to a dispatcher. False when the run existed
    /// already: the request is a repetition.
    /// </summary>
    /// <param name="priority">0 to 9: place among the job's waiting runs.</param>
    public Task<bool> SubmitAsync(RunId id, string trigger, JobDefinition job, string input, int priority, CancellationToken cancellation) =>
        SubmitAsync(new RunRequest(id, trigger, input) { Priority = priority }, job, cancellation);

    /// <inheritdoc cref="SubmitAsync(RunId, string, JobDefinition, string, int, CancellationToken)"/>
    public async Task<bool> SubmitAsync(RunRequest request, JobDefinition job, CancellationToken cancellation)
    {
        var policy = RunPolicy.Of(job) with { Budgeted = permits.HasBudget };
        var now = clock.GetUtcNow();
        var run = Gate.IsShut
            ? RunLifecycle.SubmitWaiting(request.Id, request.Trigger, policy, request.Input, now, request.Priority)
            : RunLifecycle.Submit(request.Id, request.Trigger, policy, request.Input, now, request.Priority);
        run = run with
        {
            InputKey = request.InputKey,
            RetryOf = request.RetryOf,
            Schedule = request.Schedule,
            Parent = request.Parent,
            ChildIndex = request.ChildIndex,
            MaySubmit = job.Submits.Count > 0,
            Followed = catalog.IsFollowed(request.Id.Job),
        };
        if (await runs.CreateAsync(run, cancellation))
        {
            var performed = await PerformAsync(new RunReading(run, null), launchIsOurs: true, cancellation);
            if (performed.IsWaiting && performed.NotBefore <= clock.GetUtcNow()) await DispatchAsync(performed, cancellation);
            return true;
        }

        await ResumeAsync(request.Id, cancellation);
        return false;
    }

    /// <summary>Makes a run that makes a child of each item of an array. False when it existed already.</summary>
    public async Task<bool> SubmitArrayAsync(RunRequest request, JobDefinition job, ArrayWork work, CancellationToken cancellation)
    {
        var run = ArrayRuns.Submit(request, RunPolicy.Of(job), work, clock.GetUtcNow());
        if (!await runs.CreateAsync(run, cancellation)) return false;
        await PerformAsync(new RunReading(run, null), cancellation);
        return true;
    }

    /// <summary>Records a run that is not to start. False when the run existed already.</summary>
    /// <param name="why">A sentence for people.</param>
    public Task<bool> SkipAsync(RunRequest request, JobDefinition job, string why, CancellationToken cancellation) =>
        runs.CreateAsync(RunLifecycle.Skip(request.Id, request.Trigger, RunPolicy.Of(job), request.Input, why, clock.GetUtcNow()), cancellation);

    /// <summary>Applies a fact that depends on the run as it now is; null for no fact. Returns the run as it then is, or null when there is none.</summary>
    public async Task<Run?> ApplyAsync(RunId id, Func<RunReading, Fact?> factFor, CancellationToken cancellation)
    {
        while (await runs.ReadAsync(id, cancellation) is { } reading)
        {
            if (factFor(reading) is not { } fact) return reading.Run;
            var next = RunLifecycle.Apply(reading.Run, fact, clock.GetUtcNow());
            if (ReferenceEquals(next, reading.Run)) return next;
            var (settled, waiting) = await ReleaseFirstAsync(fact, next, cancellation);
            if (!await SaveAsync(reading.Run, fact, settled, cancellation)) continue;
            var launches = settled.Launch > reading.Run.Launch;
            var run = await PerformAsync(reading with { Run = settled }, launches, cancellation);
            await StartNextAsync(waiting, cancellation);
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
        IReadOnlyCollection<string> waiting = [];
        foreach (var effect in owed)
        {
            try
            {
                if (effect.Kind == EffectKind.Release) waiting = await permits.ReleaseAsync(run.LaunchId, run.Policy, cancellation);
                else if (!await handlers.For(effect.Kind)(effect, reading with { Run = run }, cancellation)) continue;
                done.Add(effect);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                failures.Add(e);
            }
        }

        run = await NoteDoneAsync(run, done, cancellation);
        // The slot of a launch that ECS refused is not passed on at once: the next would be refused alike, and the next. The dispatcher paces those.
        if (run.TaskArn is not null) await StartNextAsync(waiting, cancellation);
        return failures.Count == 0 ? run : throw new AggregateException($"Run {run.Id} still owes {string.Join(", ", run.Owed)}; the sweep repeats it.", failures);
    }

    /// <summary>Launches, of these jobs' waiting runs, the one whose turn it is.</summary>
    public async Task StartNextAsync(IReadOnlyCollection<string> jobs, CancellationToken cancellation)
    {
        var heads = new List<Run>();
        foreach (var job in jobs)
        {
            var waiting = await runs.WaitingAsync(job, clock.GetUtcNow(), limit: 1, cancellation);
            heads.AddRange(waiting);
            // The index may be behind: a run that is overlooked here is the dispatcher's within a minute.
            if (waiting.Count == 0) await permits.NobodyWaitsAsync(job, cancellation);
        }

        if (heads.MinBy(run => run.NextCheckAt) is { } next) await DispatchAsync(next, cancellation);
    }

    /// <summary>Launches a run that waits, as it was read, from the index even: nothing happens when it has changed since.</summary>
    public async Task<DispatchOutcome> DispatchAsync(Run waiting, CancellationToken cancellation)
    {
        var fact = new Fact.Dispatched();
        var starting = RunLifecycle.Apply(waiting, fact, clock.GetUtcNow());
        if (ReferenceEquals(starting, waiting) || !await SaveAsync(waiting, fact, starting, cancellation)) return DispatchOutcome.NotSent;
        return await PerformAsync(new RunReading(starting, null), launchIsOurs: true, cancellation) switch
        {
            _ when !starting.Owes(EffectKind.Launch) => DispatchOutcome.NotSent,
            { State: RunState.Pending, NotBefore: null } => DispatchOutcome.NotSent,
            { State: RunState.Pending, Verdict.Class: VerdictClass.Throttled } => DispatchOutcome.Throttled,
            _ => DispatchOutcome.Sent,
        };
    }

    /// <summary>
    /// A stopped task needs no permit, whatever becomes of the next write. Giving it back before that write saves the one that would
    /// note it done; a crash in between only gives it back twice.
    /// </summary>
    private async Task<(Run Settled, IReadOnlyCollection<string> Waiting)> ReleaseFirstAsync(Fact fact, Run next, CancellationToken cancellation)
    {
        if (fact is not Fact.TaskStopped stopped || !next.Owes(EffectKind.Release)) return (next, []);
        var waiting = await permits.ReleaseAsync(new LaunchId(next.Id, stopped.Launch), next.Policy, cancellation);
        return (RunLifecycle.Done(next, [Effect.Release], clock.GetUtcNow()) with { Version = next.Version }, waiting);
    }

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
        if (SinceSent(reading.Run) > RunTimings.EffectGrace) await PerformAsync(reading, cancellation);
    }

    /// <returns>The run with the launch's outcome; null when the outcome is still unknown or somebody else has recorded it.</returns>
    private async Task<Run?> LaunchAsync(RunReading reading, bool isOurs, CancellationToken cancellation)
    {
        var run = reading.Run;
        var fact = isOurs ? null : await ResolveLaunchAsync(reading, cancellation);
        if (fact is null)
        {
            if (!isOurs)
            {
                if (await ClaimResendAsync(run, cancellation) is not { } claimed) return null;
                run = claimed;
            }

            fact = await SendLaunchAsync(run, cancellation);
        }

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

    private TimeSpan SinceSent(Run run) => clock.GetUtcNow() - (run.ResentAt ?? run.LaunchedAt).GetValueOrDefault();

    private async Task<Fact> SendLaunchAsync(Run run, CancellationToken cancellation)
    {
        if (!await permits.AcquireAsync(run, cancellation)) return new Fact.SlotRefused(run.Launch);
        var answer = await tasks.LaunchAsync(new Launch(run.LaunchId, run.UsesSpot, await UploadForAsync(run, cancellation), run.Grown), cancellation);
        if (answer is LaunchAnswer.Refused { Verdict.Class: VerdictClass.Throttled }) Gate.Shut();
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
    /// <returns>Null when it is to be sent again.</returns>
    private async Task<Fact?> ResolveLaunchAsync(RunReading reading, CancellationToken cancellation)
    {
        var run = reading.Run;
        // A worker that claimed the launch is better proof of its task than any answer.
        if (ClaimOf(reading) is { } claimed) return claimed;
        var found = await tasks.FindAsync(run.LaunchId, cancellation);
        if (found.Count > 0) return new Fact.LaunchAccepted(run.Launch, found[0]);
        if (run.State != RunState.Stopping && AgeOfLaunch(run) <= RunTimings.LaunchTokenLife) return null;
        if (SinceSent(run) <= RunTimings.MissingConfirmation) return new Fact.LaunchUnknown(run.Launch);
        // A worker that was slow to start may have claimed, worked and ended between the reading and the listing.
        return await runs.ReadAsync(run.Id, cancellation) is { } fresh && ClaimOf(fresh) is { } late ? late : new Fact.TaskMissing(run.Launch, null);
    }

    private static Fact.TaskClaimed? ClaimOf(RunReading reading) => reading.CurrentWorker is { } worker
        ? new Fact.TaskClaimed(reading.Run.Launch, worker.TaskArn, worker.ClaimedAt)
        : null;

    /// <summary>
    /// One sends a launch again, and none within the grace of another: of two at once, ECS may refuse one for its rate and take the
    /// other's, and the refusal would be believed.
    /// </summary>
    /// <returns>Null when somebody else has the launch.</returns>
    private async Task<Run?> ClaimResendAsync(Run run, CancellationToken cancellation)
    {
        var resent = RunLifecycle.Resend(run, clock.GetUtcNow());
        return await runs.SaveAsync(resent, cancellation) ? resent : null;
    }

    private async Task<Upload?> UploadForAsync(Run run, CancellationToken cancellation) => run.Policy.HasHost
        ? null
        : Upload.TryParse(run.Input ?? await runs.ReadInputAsync(run.Id, cancellation));

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
