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

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>The ports of one process, of which those that parents and children share wait at its gate.</summary>
internal sealed class GatedPorts(IControlPlanePorts ports, Gate gate) : IControlPlanePorts
{
    public IRunStore Runs => field ??= gate.Around(ports.Runs);

    public IRunIndex RunIndex => ports.RunIndex;

    public IRunHistory History => ports.History;

    public ISlots Slots => ports.Slots;

    public IDispatchLease Lease => ports.Lease;

    public ITasks Tasks => ports.Tasks;

    public ITaskReadings TaskReadings => ports.TaskReadings;

    public ISchedules Schedules => ports.Schedules;

    public IChildren Children => field ??= gate.Around(ports.Children);

    public IArrayCursors ArrayCursors => field ??= gate.Around(ports.ArrayCursors);

    public IArrayItems ArrayItems => field ??= gate.Around(ports.ArrayItems);

    public IReplays Replays => ports.Replays;

    public IUploadedObjects UploadedObjects => ports.UploadedObjects;

    public IDrains Drains => ports.Drains;

    public IQueueReader Queues => ports.Queues;

    public IJobQueues JobQueues => ports.JobQueues;

    public IQueueServices QueueServices => ports.QueueServices;

    public IBacklogMetrics BacklogMetrics => ports.BacklogMetrics;

    public IRunMetrics RunMetrics => ports.RunMetrics;

    public IAlertCauses AlertCauses => ports.AlertCauses;

    public IAlerts Alerts => ports.Alerts;

    public ICatalogStore Catalogs => ports.Catalogs;

    public IPauses Pauses => ports.Pauses;
}
