using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Children;
using Jobs.Core.Commands;
using Jobs.Core.Composition;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Tasks;
using Jobs.Core.Tracing;
using Jobs.Core.Workers;
using Jobs.Tests.InMemory;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>The engine and the sweep on the in-memory ports and a clock that a test moves.</summary>
internal sealed class TestPlane
{
    private readonly TestPorts _ports;
    private readonly int? _cpuLimit;
    private ControlPlane _plane = null!;

    public TestPlane(params JobDefinition[] jobs)
        : this(null, null, jobs)
    {
    }

    /// <param name="cpuLimit">CPU units that the stack may use at once; null for no limit.</param>
    /// <param name="ecs">What stands in front of the tasks.</param>
    public TestPlane(int? cpuLimit, Func<ITasks, TimeProvider, ITasks>? ecs, params JobDefinition[] jobs)
    {
        Store = new InMemoryRunStore(Workers);
        Tasks = new InMemoryTasks(Clock);
        _cpuLimit = cpuLimit;
        _ports = new TestPorts(this, ecs?.Invoke(Tasks, Clock) ?? Tasks);
        Deploy(jobs);
    }

    public static Upload Upload { get; } = new("inbox", "incoming/a.csv", 12)
    {
        VersionId = "v1",
        ETag = "e",
        Sequencer = "1",
    };

    public ManualClock Clock { get; } = new();

    public Faults Faults { get; } = new();

    public InMemoryWorkerRecords Workers { get; } = new();

    public InMemoryRunStore Store { get; }

    public InMemorySlots Slots { get; } = new();

    public InMemoryTasks Tasks { get; }

    public InMemoryArrayItems Items { get; } = new();

    public InMemoryArrayCursors Cursors { get; } = new();

    public InMemoryChildren Children { get; } = new();

    public ChildCoordinator Coordinator => _plane.Children;

    public InMemoryAlerts Alerts { get; } = new();

    public InMemoryRunMetrics Metrics { get; } = new();

    public InMemoryAlertCauses Causes { get; } = new();

    public AlertManager AlertManager => _plane.Alerts;

    public RunEngine Engine => _plane.Engine;

    public Sweep Sweep => _plane.Sweep;

    public InMemorySchedules Schedules { get; } = new();

    public Scheduler Scheduler => _plane.Schedules;

    public ScheduleWatch Watch => _plane.ScheduleWatch;

    /// <summary>Null without tracing.</summary>
    public InMemoryTraces? Traces { get; init; }

    /// <summary>What the functions share about traces.</summary>
    public RunTraces? RunTraces => _plane.Traces;

    /// <summary>Whether the machine may sleep, as a laptop does.</summary>
    public bool Sleeps { get; init; }

    public InMemoryPauses Pauses { get; } = new();

    /// <summary>Begins and ends pauses in this process.</summary>
    public PauseKeeper PauseKeeper => _plane.Pauses;

    public InMemoryReplays Replays { get; } = new();

    public InMemoryJobQueues Queues { get; } = new();

    public InMemoryUploadedObjects Uploads { get; } = new();

    public ReplayIntake ReplayIntake => _plane.Replays;

    public Replayer Replayer => _plane.Replayer;

    public CommandIntake Commands => _plane.Commands;

    public Dispatcher Dispatcher => _plane.Dispatcher;

    public InMemoryDispatchLease Lease { get; } = new();

    public DispatchSettings Settings { get; init; } = new();

    public static JobDefinition Job(int? cap = null) =>
        new("line-count") { MaxConcurrent = cap, Uploads = [new UploadTrigger("incoming/")] };

    public static RunId IdOf(JobDefinition job, string name = "a") => RunId.From(job.Name, "upload", name);

    /// <summary>Replaces what is deployed.</summary>
    public void Deploy(params JobDefinition[] jobs) => _plane = Plane(_ports, jobs);

    /// <summary>The control plane of another process on the same ports.</summary>
    public ControlPlane Process(Gate gate, params JobDefinition[] jobs) => Plane(new GatedPorts(_ports, gate), jobs);

    private ControlPlane Plane(IControlPlanePorts ports, JobDefinition[] jobs) => new(
        ports,
        new JobCatalog(jobs),
        new ControlPlaneSettings(new StackInfo("jobs", "eu-central-1", "jobs"))
        {
            Dispatch = Settings,
            CpuLimit = _cpuLimit,
            Sleeps = Sleeps,
        },
        Clock);

    public Task<bool> SubmitAsync(JobDefinition job, string name = "a", int priority = 0) =>
        Engine.SubmitAsync(
            new RunRequest(IdOf(job, name), "upload incoming/*", Upload.ToJson()) { Priority = priority },
            job,
            CancellationToken.None);

    public Run Run(JobDefinition job, string name = "a") => Store.Find(IdOf(job, name))!;

    public Task ClaimAsync(Run run) =>
        Workers.ClaimAsync(run.LaunchId, TaskOf(run).TaskArn, Clock.GetUtcNow(), CancellationToken.None);

    public Task CompleteAsync(Run run, WorkerOutcome outcome) =>
        Workers.CompleteAsync(run.LaunchId, Clock.GetUtcNow(), outcome, CancellationToken.None);

    /// <summary>The worker claims, records its result and exits.</summary>
    public async Task<TaskObservation> SucceedAsync(Run run)
    {
        await ClaimAsync(run);
        await CompleteAsync(run, new WorkerOutcome(0) { ResultJson = "{}" });
        return Tasks.End(TaskOf(run).TaskArn, 0);
    }

    /// <summary>The worker claims, records an error and exits.</summary>
    public async Task<TaskObservation> FailAsync(Run run, bool retryable = true)
    {
        await ClaimAsync(run);
        await CompleteAsync(
            run,
            new WorkerOutcome(64)
            {
                Error = new("System.Exception", "The file is broken.", "at Row 7", retryable),
                LogTail = ["08:00:01 INFO row 7"],
            });
        return Tasks.End(TaskOf(run).TaskArn, WorkerExitCodes.JobFailed);
    }

    /// <summary>ECS's event about a stopped task arrives.</summary>
    public Task<Run?> DeliverAsync(Run run, TaskObservation stopped) =>
        Engine.ApplyAsync(
            run.Id, reading => new Fact.TaskStopped(run.Launch, stopped, reading.Worker), CancellationToken.None);

    public Task<Run?> CancelAsync(Run run) =>
        Engine.ApplyAsync(run.Id, _ => new Fact.CancelRequested(), CancellationToken.None);

    public Task<int> SweepAsync() => Sweep.RunAsync(DateTimeOffset.MaxValue, CancellationToken.None);

    /// <summary>The launches that hold slots of the job.</summary>
    public async Task<IReadOnlyList<LaunchId>> HoldersAsync(JobDefinition job) =>
        [.. (await Slots.ReadAsync(job.Name, CancellationToken.None)).SelectMany(block => block.Holders)];

    public async Task TickAsync(TimeSpan after)
    {
        Clock.Advance(after);
        await Task.WhenAll(
            AlertManager.TickAsync(CancellationToken.None),
            Watch.TickAsync(CancellationToken.None),
            SweepAsync(),
            DispatchAsync());
    }

    /// <summary>A dispatcher, with the clock moved on whenever it waits.</summary>
    public async Task<int> DispatchAsync(double seconds = 70, string holder = "tick", bool patient = true)
    {
        var dispatching = Dispatcher.RunAsync(holder, TimeSpan.FromSeconds(seconds), patient, CancellationToken.None);
        while (!dispatching.IsCompleted)
        {
            if (Clock.ArmedTimers > 0) Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        return await dispatching;
    }

    /// <summary>Writes a run down as waiting.</summary>
    public async Task<Run> WaitAsync(JobDefinition job, string name, int priority = 0, DateTimeOffset? notBefore = null)
    {
        var run = RunLifecycle.SubmitWaiting(
            IdOf(job, name), "upload incoming/*", RunPolicy.Of(job), "{}", Clock.GetUtcNow(), priority);
        if (notBefore is not null)
        {
            run = run with { NotBefore = notBefore, TurnAt = notBefore - (priority * RunTimings.PriorityHeadStart) };
        }

        await Store.CreateAsync(run, CancellationToken.None);
        return run;
    }

    public InMemoryTask TaskOf(Run run) => Tasks.All.Single(task => task.Launch.Id == run.LaunchId);
}
