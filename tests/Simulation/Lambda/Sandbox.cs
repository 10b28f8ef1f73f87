using Amazon.Lambda.Core;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.InMemory;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Schedules;
using Jobs.Core.Triggers;
using Jobs.Functions;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>An execution environment: the real functions and the real Core, on ports of this process.</summary>
internal sealed class Sandbox : Process, ILambdaContext, ILambdaLogger
{
    private DateTimeOffset _deadline;

    public Sandbox(SimulatedWorld world, string name)
        : base(world, name, CallFaults.OfFunction)
    {
        Generation = world.Generation;
        var catalog = world.Catalog;
        var store = new SimulatedRunStore(this);
        var slots = new SimulatedSlots(this);
        var tasks = new SimulatedTasks(this);
        Inbox = new Inbox(new SimulatedDeadLetters(this), world.Clock);
        var desk = new AlertDesk(new SimulatedAlertCauses(this), new SimulatedAlerts(this), store, new AlertWriter(Stack), world.Clock);
        var budget = world.Budget is null ? null : new SimulatedBudget(this, world.Budget);
        Engine = new RunEngine(store, new LaunchPermits(slots, budget), tasks, desk, world.Clock);
        var dispatcher = new Dispatcher(store, slots, budget, new SimulatedLease(this), Engine, catalog, new DispatchSettings(), world.Clock);
        OnUpload = new OnUploadFunction(Inbox, new UploadIntake(catalog, Engine), Engine, dispatcher, world.Clock);
        OnTaskStopped = new OnTaskStoppedFunction(Inbox, Engine);
        var backlog = new SimulatedBacklog(this);
        // No simulated job has a service.
        OnBacklog = new OnBacklogFunction(new BacklogDesk(backlog, backlog, store, Engine, null!, null!, world.Clock), catalog, Stack, world.Clock);
        // The simulated jobs have no schedules, and nobody replays.
        var schedules = new InMemorySchedules();
        var sources = new ReplaySources(catalog, new InMemoryUploadedObjects(), schedules, new InMemoryRunHistory(new InMemoryRunStore(new InMemoryWorkerRecords()), []), store);
        OnTick = new OnTickFunction(
            new Sweep(store, slots, budget, tasks, Engine, catalog, world.Clock),
            new ScheduleWatch(catalog, schedules, new ScheduleDesk(catalog, schedules, store, Engine), desk, world.Clock, sleeps: false),
            desk,
            new Replayer(catalog, new InMemoryReplays(), sources, Engine, new SimulatedAlerts(this), new AlertWriter(Stack), world.Clock),
            dispatcher,
            new CatalogPublisher(catalog, new InMemoryCatalogStore()),
            world.Clock);
    }

    /// <summary>The deployment that the environment was made of.</summary>
    public int Generation { get; }

    public Inbox Inbox { get; }

    public RunEngine Engine { get; }

    public OnUploadFunction OnUpload { get; }

    public OnTaskStoppedFunction OnTaskStopped { get; }

    public OnTickFunction OnTick { get; }

    public OnBacklogFunction OnBacklog { get; }

    public string AwsRequestId => Name;

    public IClientContext ClientContext => null!;

    public string FunctionName => Name;

    public string FunctionVersion => "1";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => Name;

    public ILambdaLogger Logger => this;

    public string LogGroupName => Name;

    public string LogStreamName => Name;

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime => _deadline - World.Loop.Now;

    private static StackInfo Stack { get; } = new("jobs", "eu-central-1", "jobs");

    public void Begin(TimeSpan timeout) => _deadline = World.Loop.Now + timeout;

    public void Log(string message) => LogLine(message);

    public void LogLine(string message)
    {
        // The inbox logs what it does not throw.
        if (message.Contains("is received again", StringComparison.Ordinal)) World.Witness.Logged(Name, message);
        World.Trace.Note(Name, "logs", $"{message.Split('\n')[0]}");
    }

    public void Log(string level, string message, params object[] args) => LogLine(message);
}
