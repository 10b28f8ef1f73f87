using Jobs.Core.InMemory;
using Jobs.Core.Ports;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Lambda;

/// <summary>The control plane's ports as one process reaches them.</summary>
internal sealed class SimulatedPorts(Process process) : IControlPlanePorts
{
    public IRunStore Runs => Store;

    public IRunIndex RunIndex => Store;

    /// <summary>Nobody replays failed runs here.</summary>
    public IRunHistory History => field ??= new InMemoryRunHistory(new InMemoryRunStore(new InMemoryWorkerRecords()), []);

    public ISlots Slots => field ??= new SimulatedSlots(process);

    public IDispatchLease Lease => field ??= new SimulatedLease(process);

    public ITasks Tasks => field ??= new SimulatedTasks(process);

    public ISchedules Schedules => field ??= new InMemorySchedules();

    public IChildren Children => field ??= new InMemoryChildren();

    public IArrayCursors ArrayCursors => field ??= new InMemoryArrayCursors();

    public IArrayItems ArrayItems => field ??= new InMemoryArrayItems();

    public IReplays Replays => field ??= new InMemoryReplays();

    public IUploadedObjects UploadedObjects => field ??= new InMemoryUploadedObjects();

    public IDrains Drains => Backlog;

    public IQueueReader Queues => Backlog;

    public IQueueServices QueueServices => throw new NotSupportedException("No simulated job has a service.");

    public IBacklogMetrics BacklogMetrics => throw new NotSupportedException("No simulated job has a service.");

    public IAlertCauses AlertCauses => field ??= new SimulatedAlertCauses(process);

    public IAlerts Alerts => field ??= new SimulatedAlerts(process);

    public ICatalogStore Catalogs => field ??= new InMemoryCatalogStore();

    private SimulatedRunStore Store => field ??= new SimulatedRunStore(process);

    private SimulatedBacklog Backlog => field ??= new SimulatedBacklog(process);
}
