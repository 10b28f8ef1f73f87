using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Children;
using Jobs.Core.Composition;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Messages;
using Jobs.Core.Metrics;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Slots;
using Jobs.Tests.InMemory;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The control plane's ports as one process reaches them.</summary>
internal sealed class SimulatedPorts(Process process) : IControlPlanePorts
{
    private readonly SimulatedTasks _tasks = new(process);

    public IRunStore Runs => Store;

    public IRunIndex RunIndex => Store;

    public IRunHistory History => field ??= new SimulatedHistory(process);

    public ISlots Slots => field ??= new SimulatedSlots(process);

    public IDispatchLease Lease => field ??= new SimulatedLease(process);

    public ITasks Tasks => _tasks;

    public ITaskReadings TaskReadings => _tasks;

    /// <summary>Where no job has a schedule, the tick's look at them costs no events.</summary>
    public ISchedules Schedules =>
        field ??= process.World.Schedule.HasPlans ? new SimulatedSchedules(process) : new InMemorySchedules();

    public IChildren Children => field ??= new SimulatedChildren(process);

    public IArrayCursors ArrayCursors => field ??= new SimulatedArrayCursors(process);

    public IArrayItems ArrayItems => field ??= new SimulatedArrayItems(process);

    /// <summary>Where nothing is replayed, the tick's look at replays costs no events.</summary>
    public IReplays Replays =>
        field ??= process.World.Schedule.HasReplays ? new SimulatedReplays(process) : new InMemoryReplays();

    public IUploadedObjects UploadedObjects => field ??= new SimulatedReplays(process);

    public IDrains Drains => Backlog;

    public IQueueReader Queues => Backlog;

    public IJobQueues JobQueues => throw new NotSupportedException("No simulated queue takes uploads.");

    public IQueueServices QueueServices => throw new NotSupportedException("No simulated job has a service.");

    public IBacklogMetrics BacklogMetrics => throw new NotSupportedException("No simulated job has a service.");

    public IRunMetrics RunMetrics => new NoRunMetrics();

    public IAlertCauses AlertCauses => field ??= new SimulatedAlertCauses(process);

    public IAlerts Alerts => field ??= new SimulatedAlerts(process);

    public ICatalogStore Catalogs => field ??= new InMemoryCatalogStore();

    /// <summary>Where nothing is paused, a look at the pauses costs no events.</summary>
    public IPauses Pauses =>
        field ??= process.World.Schedule.HasPauses ? new SimulatedPauses(process) : new InMemoryPauses();

    private SimulatedRunStore Store => field ??= new SimulatedRunStore(process);

    private SimulatedBacklog Backlog => field ??= new SimulatedBacklog(process);
}
