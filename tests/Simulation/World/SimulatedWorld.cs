using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.InMemory;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.Invariants;
using Jobs.Tests.Simulation.Lambda;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.Schedules;

namespace Jobs.Tests.Simulation.World;

/// <summary>AWS in small, our functions in it, and a schedule of what happens to them.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>How long everything may take to come right when faults have ended.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    private static readonly DateTimeOffset Origin = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly Ticker _ticker;
    private readonly BacklogWaker _waker;
    private readonly Weather _weather;
    private readonly Deployer _deployer;
    private int _unsent;

    /// <param name="traceOf">A run, to keep only what concerns it; null for everything.</param>
    public SimulatedWorld(Schedule schedule, bool keepsTrace = false, string? traceOf = null)
    {
        Schedule = schedule;
        Catalog = schedule.Catalog;
        Chance = Chance.For(schedule.Seed, "world");
        Loop = new EventLoop(Chance, Origin);
        Trace = new Trace(Loop, keepsTrace, traceOf);
        Clock = new VirtualClock(Loop);
        FaultsEnd = Origin + schedule.FaultsEnd;
        _weather = new Weather(this);
        _deployer = new Deployer(this);
        Partitions = new Partitions(this);
        Runs = new RunsTable(this);
        Results = new ResultsTable(this);
        Ecs = new Ecs(this);
        Witness = new Witness(this);
        Uploads = new Uploads(this);
        Commands = new Commands(this);
        Plans = new Plans(this);
        Replays = new Replays(this);
        Splits = new Splits(this);
        Requests = new Requests(this);
        Inbox = new MessageQueue(
            this, "upload", TimeSpan.FromSeconds(80), (sandbox, batch) => sandbox.OnUpload.OnUpload(batch, sandbox));
        StoppedTasks = new MessageQueue(
            this,
            "stopped",
            TimeSpan.FromSeconds(30),
            (sandbox, batch) => sandbox.OnTaskStopped.OnTaskStopped(batch, sandbox));
        Queue = new JobQueue(this);
        _ticker = new Ticker(this);
        _waker = new BacklogWaker(this);
    }

    public Schedule Schedule { get; }

    public Chance Chance { get; }

    public EventLoop Loop { get; }

    public Trace Trace { get; }

    public VirtualClock Clock { get; }

    public DateTimeOffset FaultsEnd { get; }

    public RunsTable Runs { get; }

    public ResultsTable Results { get; }

    public SlotsTable Slots { get; } = new();

    public Ecs Ecs { get; }

    public InMemoryAlertCauses AlertCauses { get; } = new();

    public InMemoryDispatchLease Lease { get; } = new();

    /// <summary>What is paused.</summary>
    public InMemoryPauses Pauses { get; } = new();

    /// <summary>The queue whose messages the job <see cref="SimulatedJobs.Drain"/> takes.</summary>
    public JobQueue Queue { get; }

    public InMemoryDrains Drains { get; } = new();

    /// <summary>What is stored of those who drain the queue.</summary>
    public DrainState DrainState => Drains.ReadAsync(SimulatedJobs.Drain.Name, CancellationToken.None).Result;

    public Witness Witness { get; }

    public Uploads Uploads { get; }

    public Plans Plans { get; }

    public Replays Replays { get; }

    public Splits Splits { get; }

    public Requests Requests { get; }

    /// <summary>What DynamoDB's partitions are asked for.</summary>
    public Partitions Partitions { get; }

    /// <summary>The schedules' items.</summary>
    public InMemorySchedules ScheduleItems { get; } = new();

    /// <summary>The children's items.</summary>
    public InMemoryChildren Children { get; } = new();

    /// <summary>How far the arrays are.</summary>
    public InMemoryArrayCursors ArrayCursors { get; } = new();

    /// <summary>The objects with the arrays' lines.</summary>
    public InMemoryArrayItems ArrayItems { get; } = new();

    public DateTimeOffset Start { get; } = Origin;

    /// <summary>Until when faults may hinder the machinery; how jobs behave is none.</summary>
    public DateTimeOffset HinderedUntil => _weather.HinderedUntil;

    public Commands Commands { get; }

    /// <summary>The inbox of all upload rules.</summary>
    public MessageQueue Inbox { get; }

    /// <summary>The inbox of the cluster's stopped tasks.</summary>
    public MessageQueue StoppedTasks { get; }

    /// <summary>What is deployed now.</summary>
    public JobCatalog Catalog { get; internal set; }

    /// <summary>Grows with each deployment.</summary>
    public int Generation { get; internal set; }

    /// <summary>Times that the tick was invoked.</summary>
    public long Ticks => _ticker.Ticks;

    public Violation? Violation { get; private set; }

    private bool IsQuiet => !Unquiet().Any();

    /// <summary>Launches that hold a slot.</summary>
    public IEnumerable<LaunchId> HeldPermits => Slots.All;

    /// <summary>Runs the schedule to its quiet end, or to the first broken invariant.</summary>
    public Violation? Run()
    {
        Begin();
        var quiet = Loop.Run(() => Violation is not null || IsQuiet, FaultsEnd + Patience);
        if (Violation is null) Witness.AtTheEnd();
        if (Violation is null && !quiet)
        {
            Fail(
                "NothingIsLeft",
                $"At {Loop.Now:HH:mm:ss}, long after the faults ended, there are still {string.Join(", ", Unquiet())}.");
        }

        return Violation;
    }

    public bool Happens(FaultKind kind) => Happens(kind, Chance);

    public bool Happens(FaultKind? kind) => kind is { } fault && Happens(fault, Chance);

    /// <summary>Whether the fault happens here. Never once faults have ended.</summary>
    public bool Happens(FaultKind kind, Chance chance)
    {
        var rate = Schedule.Faults[kind];
        return rate > 0 && Loop.Now < FaultsEnd && chance.Happens(rate);
    }

    /// <summary>Whether the service that a call goes to is out.</summary>
    public bool IsOut(string call) => _weather.IsOut(call);

    /// <summary>Whether the job is deployed, and its last deployment has reached every function.</summary>
    public bool IsSettledIn(string job) => Catalog.Find(job) is not null && !_deployer.IsUnderWay(job);

    /// <summary>Whether what was decided then was decided by what is deployed now.</summary>
    public bool IsSettledIn(string job, DateTimeOffset then) => !_deployer.IsUnderWay(job, then);

    /// <summary>Whether a deployment ever removed the job.</summary>
    public bool WasRemoved(string job) => _deployer.WasRemoved(job);

    /// <summary>What gets new environments by a deployment, one after the other.</summary>
    public IEnumerable<Action> Refreshes
    {
        get
        {
            foreach (var queue in Inboxes) yield return queue.Refresh;
            yield return _ticker.Refresh;
            yield return _waker.Refresh;
        }
    }

    private IEnumerable<MessageQueue> Inboxes => [Inbox, StoppedTasks, Commands.Queue, Plans.Inbox];

    /// <summary>What the job of a task needs, by its run: more than it has when the fault happens.</summary>
    public int NeededMemory(EcsTask task)
    {
        var chance = Chance.For(Schedule.Seed, $"memory of {task.Run}");
        return chance.Happens(Schedule.Faults[FaultKind.NeedsMemory])
            ? (int)(Runs.Find(task.Run)!.Policy.MemoryMiB * (1.2 + (chance.Fraction() * 5)))
            : 1;
    }

    public void Fail(string invariant, string sentence)
    {
        Trace.Note("VIOLATION", invariant, $"{sentence}");
        Violation ??= new Violation(invariant, sentence);
    }

    /// <summary>A run is over and owes nothing.</summary>
    public void Settled(RunHistory history)
    {
        Trace.Note(history.ToString(), "is settled");
        if (Schedule.Traffic is not null) Loop.After(Traffic.Kept, () => Forget(history));
    }

    private void Begin()
    {
        _unsent = Schedule.Work.Count;
        foreach (var item in Schedule.Work) Loop.At(Origin + item.At, () => Happen(item));
        if (Schedule.Traffic is { } traffic)
        {
            _unsent++;
            Upload(traffic, 1);
            Loop.After(Traffic.RedrivenEvery, RedriveNowAndThen);
        }

        Loop.At(FaultsEnd, Mend);
        _ticker.Start();
        if (Schedule.HasQueue) _waker.Start();
    }

    /// <summary>What is still under way, in the order of what it costs to look.</summary>
    private IEnumerable<string> Unquiet()
    {
        if (_unsent > 0) yield return "events to send";
        if (Runs.Unsettled > 0 || Runs.ActiveCount > 0) yield return "runs under way";
        if (Ecs.AliveCount > 0) yield return "tasks";
        if (Inbox.InFlight > 0 || StoppedTasks.InFlight > 0 || Commands.Queue.InFlight > 0) yield return "messages";
        if (Schedule.HasPlans && !Plans.IsDone) yield return "planned times";
        if (Schedule.HasReplays && !Replays.AreOver) yield return "replays";
        if (WasPausedLately()) yield return "pauses";
        if (!Queue.IsEmpty) yield return "messages of the job's queue";
        if (!DrainState.Alive.IsEmpty) yield return "drains";
        if (HeldPermits.Any()) yield return "slots";
        foreach (var cause in AlertCauses.OpenAsync(CancellationToken.None).Result.Causes)
        {
            yield return $"alert cause {cause.Key}";
        }
    }

    /// <summary>Uploads, evenly but for chance, until their time is over.</summary>
    private void Upload(Traffic traffic, int number)
    {
        Uploads.Send(Traffic.Pick(Chance.Fraction()), number);
        if (Loop.Now < Origin + traffic.Span)
        {
            Loop.After(
                TimeSpan.FromDays(1) / traffic.RunsPerDay * (2 * Chance.Fraction()), () => Upload(traffic, number + 1));
        }
        else _unsent--;
    }

    private void Forget(RunHistory history)
    {
        // It may owe something again: a task that turned out to be a stray.
        if (history.Stored is not { IsOver: true, NextCheckAt: null } || history.Tasks.Exists(task => task.IsAlive))
        {
            return;
        }

        Witness.Forget(history);
        Runs.Expire(history.Id);
        Results.Expire(history.Id);
        Uploads.Forget(history.Id);
    }

    private void Happen(WorkItem item)
    {
        _unsent--;
        Trace.Note("people", "do", $"{item}");
        switch (item)
        {
            case WorkItem.Upload upload:
                Uploads.Send(upload.Job, upload.Number, upload.IsSilent);
                break;
            case WorkItem.Cancel cancel:
                Commands.Cancel(Uploads.IdOf(cancel.Job, cancel.Number));
                break;
            case WorkItem.Messages messages:
                Queue.Send(messages.Count);
                break;
            case WorkItem.Removal removal:
                _deployer.Remove(removal.Job);
                break;
            case WorkItem.Deployment deployment:
                _deployer.Deploy(deployment.Job, deployment.Change);
                break;
            case WorkItem.Outage outage:
                _weather.Out(outage.Port, outage.Length);
                break;
            case WorkItem.Declared:
                break;
            default:
                Ask(item);
                break;
        }
    }

    private void Ask(WorkItem item)
    {
        switch (item)
        {
            case WorkItem.Submit submit:
                Commands.Submit(submit.Job, submit.Key, submit.Sender);
                break;
            case WorkItem.Array array:
                ArrayItems[$"_jobs/arrays/{array.Key}"] =
                    string.Concat(
                        Enumerable.Range(0, array.Count).Select(line => line == array.Bad ? "no JSON\n" : "{}\n"));
                Commands.SubmitArray(array.Job, array.Key, array.Count, array.AtOnce);
                break;
            case WorkItem.CancelKey cancel:
                Commands.Cancel(RunId.From(cancel.Job, "manual", cancel.Key));
                break;
            case WorkItem.RetryKey retry:
                Commands.Retry(RunId.From(retry.Job, "manual", retry.Key), retry.Id);
                break;
            case WorkItem.Retry retry:
                Commands.Retry(Uploads.IdOf(retry.Job, retry.Number), retry.Id);
                break;
            case WorkItem.Plan plan:
                Plans.Begin(plan);
                break;
            case WorkItem.Replay replay:
                Replays.Begin(replay);
                break;
            case WorkItem.CancelReplay cancel:
                Commands.CancelReplay(cancel.Key);
                break;
            case WorkItem.Pause pause:
                Pause(pause);
                break;
            default:
                throw new InvalidOperationException($"No handler does {item}.");
        }
    }

    private void Pause(WorkItem.Pause pause)
    {
        var schedule = pause.OfSchedule ? SimulatedJobs.ScheduleName : null;
        Commands.Pause(pause.Job, schedule, pause.Key, pause.IsResumed ? null : Loop.Now + pause.Length);
        _unsent++;
        Loop.After(pause.Length, () =>
        {
            _unsent--;
            if (pause.IsResumed) Commands.Resume(pause.Job, schedule, $"{pause.Key}-end");
        });
    }

    /// <summary>Whether something is paused, or was until so lately that what waited may not have gone on.</summary>
    private bool WasPausedLately() => Schedule.HasPauses && Pauses.List.All.Any(
        pause => pause.LastsAt(Loop.Now) || Loop.Now < pause.End + Plans.Notice);

    private void Mend()
    {
        Trace.Note("world", "faults end");
        Redrive();
    }

    /// <summary>An admin who has read of dead letters sends them back.</summary>
    private void RedriveNowAndThen()
    {
        if (Loop.Now >= FaultsEnd) return;
        Redrive();
        Loop.After(Traffic.RedrivenEvery, RedriveNowAndThen);
    }

    private void Redrive()
    {
        foreach (var queue in Inboxes) queue.Redrive();
    }
}
