using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Metrics;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Core.Slots;
using Jobs.Core.Tasks;
using Jobs.Core.Tracing;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Engine;

/// <summary>
/// Turns facts into stored state and performs what the state owes. The state is written first, but for the slot of a
/// task that has stopped: a crash after any step leaves an effect on the run that the next nudge, or the sweep,
/// performs.
/// </summary>
/// <param name="runs">Where runs are kept.</param>
/// <param name="index">Which of a job's runs waits for a slot.</param>
/// <param name="permits">What launches must hold.</param>
/// <param name="handlers">Who performs the effects.</param>
/// <param name="catalog">What is deployed.</param>
/// <param name="metrics">Told of what was recorded.</param>
/// <param name="pauses">What is paused: no task of such a job is started.</param>
/// <param name="traces">Null without tracing.</param>
public sealed class RunEngine(
    IRunStore runs, IRunIndex index, LaunchPermits permits, ITasks tasks, EffectHandlers handlers, JobCatalog catalog,
    IRunMetrics metrics, PauseView pauses, TimeProvider clock, RunTraces? traces = null)
{
    private volatile bool _leftWaiting;

    /// <summary>Shut for a moment after a launch of this process was refused for its rate.</summary>
    public LaunchGate Gate { get; } = new(clock);

    /// <summary>Null without tracing.</summary>
    public RunTraces? Traces { get; } = traces;

    /// <summary>
    /// Whether this process left work to a dispatcher since it was asked last: runs that wait, or free capacity.
    /// </summary>
    public bool TakeLeftWaiting()
    {
        var left = _leftWaiting;
        _leftWaiting = false;
        return left;
    }

    /// <summary>Something may be launched now that could not before: a dispatcher is to look.</summary>
    public void LeaveWaiting() => _leftWaiting = true;

    /// <summary>
    /// Makes the run and launches it; leaves it to a dispatcher while ECS refuses launches for their rate, while its
    /// job is paused or that cannot be known, and in a stack with a CPU budget. Records it as Skipped where a paused
    /// job declares that. False when the run existed already: the request is a repetition.
    /// </summary>
    public async Task<bool> SubmitAsync(RunRequest request, JobDefinition job, CancellationToken cancellation)
    {
        var known = await pauses.TryReadAsync(cancellation);
        var pause = known?.Of(job.Name, clock.GetUtcNow());
        if (pause is not null && request.IsTriggered && job.WhenPaused == WhenPaused.Skip)
        {
            return await SkipAsync(request, job, pause, cancellation);
        }

        var run = Ask(request, job, mayLaunch: known is not null && pause is null);
        Traces?.Found(run);
        if (await runs.CreateAsync(run, cancellation))
        {
            var performed = await PerformAsync(new RunReading(run, null), launchIsOurs: true, null, cancellation);
            if (performed.IsWaiting) await DispatchNowAsync(performed, cancellation);
            return true;
        }

        await ResumeAsync(request.Id, cancellation);
        return false;
    }

    private Run Ask(RunRequest request, JobDefinition job, bool mayLaunch)
    {
        var (policy, now) = (RunPolicy.Of(job, request.Size), clock.GetUtcNow());
        var run = (Gate.IsShut || !mayLaunch ? null : permits.Now(request.Id, launch: 1)) is { } permit
            ? RunLifecycle.Submit(request.Id, request.Trigger, policy, request.Input, permit, now, request.Priority)
            : RunLifecycle.SubmitWaiting(request.Id, request.Trigger, policy, request.Input, now, request.Priority);
        return run with
        {
            InputKey = request.InputKey,
            RetryOf = request.RetryOf,
            Labels = request.LabelsFor(job),
            By = request.By,
            Parent = request.Parent,
            ChildIndex = request.ChildIndex,
            Trace = Traces?.ContinuedBy(request),
            MaySubmit = job.Submits.Count > 0,
            Followed = catalog.IsFollowed(request.Id.Job),
            TellsSuccess = TellsSuccess(job),
        };
    }

    private static bool TellsSuccess(JobDefinition job) => job.Recipients.Any(one => one.HearsOfSuccess);

    /// <summary>Makes a run that makes a child of each item of an array. False when it existed already.</summary>
    public async Task<bool> SubmitArrayAsync(
        RunRequest request, JobDefinition job, ArrayWork work, CancellationToken cancellation)
    {
        var run = ArrayRuns.Submit(request, RunPolicy.Of(job), work, clock.GetUtcNow()) with
        {
            Labels = request.LabelsFor(job),
            TellsSuccess = TellsSuccess(job),
            Trace = Traces?.ContinuedBy(request),
        };
        Traces?.Found(run);
        if (!await runs.CreateAsync(run, cancellation)) return false;
        await PerformAsync(new RunReading(run, null), cancellation);
        return true;
    }

    /// <summary>Records a run that is not to start. False when the run existed already.</summary>
    /// <param name="why">A sentence for people.</param>
    /// <param name="nextStep">What to do if the run matters by itself.</param>
    public async Task<bool> SkipAsync(
        RunRequest request, JobDefinition job, string why, string nextStep, CancellationToken cancellation)
    {
        var (policy, now) = (RunPolicy.Of(job), clock.GetUtcNow());
        var skipped = RunLifecycle.Skip(request.Id, request.Trigger, policy, request.Input, why, nextStep, now) with
        {
            Labels = request.LabelsFor(job),
            Trace = Traces?.ContinuedBy(request),
        };
        if (!await runs.CreateAsync(skipped, cancellation)) return false;
        Traces?.Skipped(skipped);
        metrics.Ended(EndFigures.OfRun(skipped));
        return true;
    }

    /// <summary>Records a run that is not to start because of a pause. False when the run existed already.</summary>
    public Task<bool> SkipAsync(RunRequest request, JobDefinition job, Pause pause, CancellationToken cancellation) =>
        SkipAsync(request, job, pause.WhySkipped, Pause.AfterSkipped, cancellation);

    /// <summary>
    /// Applies a fact that depends on the run as it now is; null for no fact. Returns the run as it then is, or null
    /// when there is none.
    /// </summary>
    /// <param name="breaker">Kinds of effects that are not to be performed now; null for none.</param>
    public async Task<Run?> ApplyAsync(
        RunId id, Func<RunReading, Fact?> factFor, CancellationToken cancellation, EffectBreaker? breaker = null)
    {
        while (await runs.ReadAsync(id, cancellation) is { } reading)
        {
            Traces?.Found(reading.Run);
            if (WithPermit(factFor(reading), reading.Run) is not { } fact) return reading.Run;
            var next = RunLifecycle.Apply(reading.Run, fact, clock.GetUtcNow());
            if (ReferenceEquals(next, reading.Run)) return next;
            if (await CloseAsync(reading.Run, fact, next, cancellation) is { } final)
            {
                fact = final;
                next = RunLifecycle.Apply(reading.Run, fact, clock.GetUtcNow());
            }

            // Known to be launched by now, and not before: most ends launch nothing, and ask for no pause.
            if (next.Launch > reading.Run.Launch && !await pauses.MayStartAsync(id.Job, cancellation))
            {
                fact = WithoutPermit(fact);
                next = RunLifecycle.Apply(reading.Run, fact, clock.GetUtcNow());
            }

            var (settled, freed) = await ReleaseFirstAsync(fact, next, cancellation);
            if (!await SaveAsync(reading.Run, fact, settled, cancellation)) continue;
            var launches = settled.Launch > reading.Run.Launch;
            var run = await PerformAsync(reading with { Run = settled }, launches, breaker, cancellation);
            await PassOnAsync(reading.Run, run, freed, cancellation);
            return run;
        }

        return null;
    }

    /// <summary>
    /// An attempt that ends without a sign from its worker is closed first: what the worker records until then counts,
    /// and afterwards it can record nothing. Else a result that is on its way would arrive for a run that was given up,
    /// or launched again.
    /// </summary>
    /// <returns>The fact with all that the worker recorded; null when the fact says so already.</returns>
    private async Task<Fact?> CloseAsync(Run run, Fact fact, Run next, CancellationToken cancellation)
    {
        var worker = fact switch
        {
            Fact.TaskStopped stopped => stopped.Worker,
            Fact.TaskMissing missing => missing.Worker,
            _ => null
        };
        if (fact is not (Fact.TaskStopped or Fact.TaskMissing)
            || !run.Policy.HasHost
            || next.State == RunState.Succeeded)
        {
            return null;
        }

        if (worker is { HasNotedEnd: true } && worker.Launch == run.Launch) return null;
        var closed = await runs.CloseAsync(run.LaunchId, cancellation);
        return fact is Fact.TaskStopped ended
            ? ended with { Worker = closed }
            : ((Fact.TaskMissing)fact) with { Worker = closed };
    }

    /// <summary>What may let a run go on at once has the permit of its next launch.</summary>
    private Fact? WithPermit(Fact? fact, Run run) => fact switch
    {
        Fact.ChildrenEnded ended => ended with { Permit = permits.Now(run.Id, run.Launch + 1) },
        // A slot is given back and taken again by whose turn it is.
        Fact.TaskStopped stopped when !Gate.IsShut => stopped with { Permit = permits.Uncapped(run.Id) },
        _ => fact,
    };

    private static Fact WithoutPermit(Fact fact) => fact switch
    {
        Fact.ChildrenEnded ended => ended with { Permit = null },
        Fact.TaskStopped stopped => stopped with { Permit = null },
        _ => fact,
    };

    /// <summary>
    /// Ends the run, now or when its task has stopped. What its worker recorded is kept; a result that it records
    /// before it stops wins.
    /// </summary>
    /// <param name="by">Who or what asked; null when that is not known.</param>
    public async Task<CancelAnswer> CancelAsync(RunId id, string? by, CancellationToken cancellation)
    {
        var wasOver = false;
        var run = await ApplyAsync(
            id, reading => (wasOver = reading.Run.IsOver) ? null : new Fact.CancelRequested(by), cancellation);
        return run switch
        {
            null => CancelAnswer.NoSuchRun,
            _ when wasOver => CancelAnswer.AlreadyOver,
            { IsOver: true } => CancelAnswer.Cancelled,
            _ => CancelAnswer.Stopping,
        };
    }

    /// <summary>
    /// Performs what the run owes, as far as possible now. What fails stays owed and is thrown after the rest is done.
    /// </summary>
    /// <param name="breaker">Kinds of effects that are not to be performed now; null for none.</param>
    public Task<Run> PerformAsync(RunReading reading, CancellationToken cancellation, EffectBreaker? breaker = null) =>
        PerformAsync(reading, launchIsOurs: false, breaker, cancellation);

    /// <param name="launchIsOurs">
    /// This process has just written the launch it is to send: no other can have sent it before.
    /// </param>
    private async Task<Run> PerformAsync(
        RunReading reading, bool launchIsOurs, EffectBreaker? breaker, CancellationToken cancellation)
    {
        var run = reading.Run;
        if (run.Owes(EffectKind.Launch) && await LaunchAsync(reading, launchIsOurs, cancellation) is { } launched)
        {
            run = launched;
        }

        var owed = run.Owed.Where(
            effect =>
                effect.Kind is not (EffectKind.Launch or EffectKind.Unknown) && breaker?.IsOpen(effect.Kind) != true)
            .ToList();
        if (owed.Count == 0) return run;

        var failures = new List<Exception>();
        var done = new List<Effect>();
        var freed = false;
        foreach (var effect in owed)
        {
            try
            {
                if (effect.Kind == EffectKind.Release)
                {
                    freed = await permits.ReleaseAsync(run.LaunchId, run.Slot, cancellation);
                }
                else if (!await handlers.For(effect.Kind)(effect, reading with { Run = run }, cancellation)) continue;
                done.Add(effect);
                breaker?.Succeeded(effect.Kind);
            }
            catch (Exception e)
            {
                breaker?.Failed(effect.Kind);
                if (cancellation.IsCancellationRequested) throw;
                failures.Add(e);
            }
        }

        var before = run;
        run = await NoteDoneAsync(run, done, cancellation);
        // The slot of a launch that ECS refused is not passed on at once: the next would be refused alike, and the
        // next. The dispatcher paces those.
        if (run.TaskArn is not null) await PassOnAsync(before, run, freed, cancellation);
        return failures.Count == 0
            ? run
            : throw new AggregateException(
                $"Run {run.Id} still owes {string.Join(", ", run.Owed)}; the sweep repeats it.", failures);
    }

    /// <summary>
    /// Launches the next run of the job whose slot was given back. Only the dispatcher finds what fits into a budget
    /// again.
    /// </summary>
    private async Task PassOnAsync(Run before, Run after, bool freed, CancellationToken cancellation)
    {
        if (permits.HasBudget && before.MayHaveTask && !after.MayHaveTask) _leftWaiting = true;
        if (!freed || before.Slot is not { } block) return;
        var heads = (await index.WaitingAsync(before.Id.Job, clock.GetUtcNow(), limit: 1, cancellation)).Runs;
        // The index may be behind: a run that is overlooked here is the dispatcher's within a minute.
        if (heads.Count == 0) await permits.NobodyWaitsAsync(before.Id.Job, block, cancellation);
        else if (permits.HasBudget) _leftWaiting = true;
        else await DispatchAsync(heads[0], new LaunchPermit(block), cancellation);
    }

    /// <summary>
    /// Launches a run again whose refusal lets it start at once, as on demand after Spot; leaves others to their slot
    /// or the dispatcher.
    /// </summary>
    private async Task DispatchNowAsync(Run waiting, CancellationToken cancellation)
    {
        if (Gate.IsShut || permits.HasBudget) _leftWaiting = true;
        else if (waiting.NotBefore <= clock.GetUtcNow() && permits.Now(waiting.Id, waiting.Launch + 1) is { } permit)
        {
            await DispatchAsync(waiting, permit, cancellation);
        }
    }

    /// <summary>
    /// Launches a run that waits, as it was read, from the index even: nothing happens when it has changed since.
    /// </summary>
    public async Task<DispatchOutcome> DispatchAsync(Run waiting, LaunchPermit permit, CancellationToken cancellation)
    {
        var (job, now) = (waiting.Id.Job, clock.GetUtcNow());
        var known = await pauses.TryReadAsync(cancellation);
        if (known is null || known.Of(job, now) is not null) return DispatchOutcome.NotSent;
        var fact = new Fact.Dispatched(permit) { Paused = known.WaitedBy(job, waiting.CreatedAt, now) };
        var starting = RunLifecycle.Apply(waiting, fact, clock.GetUtcNow());
        if (ReferenceEquals(starting, waiting)) return DispatchOutcome.NotSent;
        if (!await SaveAsync(waiting, fact, starting, cancellation)) return DispatchOutcome.Overtaken;
        return await PerformAsync(new RunReading(starting, null), launchIsOurs: true, null, cancellation) switch
        {
            _ when !starting.Owes(EffectKind.Launch) => DispatchOutcome.NotSent,
            { State: RunState.Pending, NotBefore: null } => DispatchOutcome.NotSent,
            { State: RunState.Pending, Verdict.Class: VerdictClass.Throttled } => DispatchOutcome.Throttled,
            _ => DispatchOutcome.Sent,
        };
    }

    /// <summary>
    /// A stopped task needs no slot, whatever becomes of the next write. Giving it back before that write saves the one
    /// that would note it done; a crash in between only gives it back twice.
    /// </summary>
    private async Task<(Run Settled, bool Freed)> ReleaseFirstAsync(Fact fact, Run next, CancellationToken cancellation)
    {
        if (fact is not Fact.TaskStopped stopped || !next.Owes(EffectKind.Release)) return (next, false);
        var freed = await permits.ReleaseAsync(new LaunchId(next.Id, stopped.Launch), next.Slot, cancellation);
        return (RunLifecycle.Done(next, [Effect.Release], clock.GetUtcNow()) with { Version = next.Version }, freed);
    }

    private async Task<Run> NoteDoneAsync(Run run, List<Effect> done, CancellationToken cancellation)
    {
        if (done.Count == 0) return run;
        var next = RunLifecycle.Done(run, done, clock.GetUtcNow());
        // When another process wrote first, it or the sweep performs these again, which is safe.
        return await runs.SaveAsync(next, cancellation) ? next : run;
    }

    // The trigger came again. The process that took it first may have died before the launch; the sweep would find that
    // later.
    private async Task ResumeAsync(RunId id, CancellationToken cancellation)
    {
        if (await runs.ReadAsync(id, cancellation) is not { } reading || !reading.Run.Owes(EffectKind.Launch)) return;
        if (SinceSent(reading.Run) > RunTimings.EffectGrace) await PerformAsync(reading, cancellation);
    }

    /// <returns>
    /// The run with the launch's outcome; null when the outcome is still unknown or another process has recorded it.
    /// </returns>
    private async Task<Run?> LaunchAsync(RunReading reading, bool isOurs, CancellationToken cancellation)
    {
        var run = reading.Run;
        var fact = isOurs ? null : await ResolveLaunchAsync(reading, cancellation);
        if (fact is null)
        {
            if (!isOurs)
            {
                // A look that came early: the process that wrote the launch may be sending it.
                if (SinceSent(run) < RunTimings.EffectGrace) return null;
                if (await ClaimResendAsync(run, cancellation) is not { } claimed) return null;
                run = claimed;
            }

            fact = await SendLaunchAsync(run, cancellation);
        }

        if (isOurs && fact is Fact.LaunchAccepted && ClaimWillTell(run)) return run;
        var next = RunLifecycle.Apply(run, fact, clock.GetUtcNow());
        if (ReferenceEquals(next, run)) return null;
        if (await SaveAsync(run, fact, next, cancellation)) return next;
        // The run moved on while ECS was asked. The answer still has to be applied: a task may have to be stopped.
        return await ApplyAsync(run.Id, _ => fact, cancellation);
    }

    /// <summary>
    /// Whether the answer need not be written down: the worker's claim says which task does the work, and a look at the
    /// run before that asks ECS. An image without our host never claims. After a long wait another process may have
    /// taken the launch on.
    /// </summary>
    private bool ClaimWillTell(Run run) => run.Policy.HasHost && AgeOfLaunch(run) < RunTimings.EffectGrace / 2;

    private TimeSpan AgeOfLaunch(Run run) => clock.GetUtcNow() - run.LaunchedAt.GetValueOrDefault();

    private TimeSpan SinceSent(Run run) => clock.GetUtcNow() - (run.ResentAt ?? run.LaunchedAt).GetValueOrDefault();

    private async Task<Fact> SendLaunchAsync(Run run, CancellationToken cancellation)
    {
        if (!await permits.AcquireAsync(run, cancellation)) return new Fact.SlotRefused(run.Launch);
        var upload = await UploadForAsync(run, cancellation);
        var launch = new Launch(run.LaunchId, run.UsesSpot, upload, run.Size) { Trace = Traces?.AttemptContext(run) };
        var began = clock.GetUtcNow();
        var answer = await tasks.LaunchAsync(launch, cancellation);
        Traces?.Launched(run, began, (answer as LaunchAnswer.Accepted)?.TaskArn, ProblemOf(answer));
        if (answer is LaunchAnswer.Refused { Verdict.Class: VerdictClass.Throttled })
        {
            Gate.Shut();
            _leftWaiting = true;
        }

        if (answer is LaunchAnswer.Accepted) metrics.Launched(run.Id.Job);

        return answer switch
        {
            LaunchAnswer.Accepted accepted => new Fact.LaunchAccepted(run.Launch, accepted.TaskArn),
            LaunchAnswer.Refused refused => new Fact.LaunchRefused(run.Launch, refused.Verdict),
            LaunchAnswer.Unknown => new Fact.LaunchUnknown(run.Launch),
            _ => throw new InvalidOperationException($"RunTask's answer {answer} has no fact."),
        };
    }

    private static string? ProblemOf(LaunchAnswer answer) => answer switch
    {
        LaunchAnswer.Refused refused => refused.Verdict.Sentence,
        LaunchAnswer.Unknown unknown => unknown.Why,
        _ => null,
    };

    /// <summary>
    /// What became of a launch that may have been sent before: a refusal of its repetition, for its rate say, would not
    /// prove that there is no task. So first it is looked for, and sent (again) only when the run still wants it and
    /// its token cannot have expired.
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
        return await runs.ReadAsync(run.Id, cancellation) is { } fresh && ClaimOf(fresh) is { } late
            ? late
            : new Fact.TaskMissing(run.Launch, null);
    }

    private static Fact.TaskClaimed? ClaimOf(RunReading reading) => reading.CurrentWorker is { } worker
        ? new Fact.TaskClaimed(reading.Run.Launch, worker.TaskArn, worker.ClaimedAt)
        : null;

    /// <summary>
    /// One sends a launch again, and none within the grace of another: of two at once, ECS may refuse one for its rate
    /// and take the other's, and the refusal would be believed.
    /// </summary>
    /// <returns>Null when another process has the launch.</returns>
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
        var attempt = EndedAttempts.Of(before, fact, next, clock.GetUtcNow());
        if (attempt is not null) await runs.SaveAttemptAsync(attempt, cancellation);
        if (!await runs.SaveAsync(next, cancellation)) return false;
        Traces?.Stored(before, fact, next, attempt);
        if (fact is Fact.LaunchRefused refused) metrics.Refused(next.Id.Job, refused.Verdict.Class);
        if (EndFigures.Of(before, fact, next, clock.GetUtcNow()) is { } end) metrics.Ended(end);
        return true;
    }
}
