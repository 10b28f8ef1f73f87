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
using Jobs.Core.Tracing;
using Jobs.Tests.InMemory;

namespace Jobs.Tests.Unit.Core.Runs;

/// <summary>The in-memory ports of a plane, each behind its faults.</summary>
internal sealed class TestPorts(TestPlane plane, ITasks tasks) : IControlPlanePorts
{
    public IRunStore Runs => field ??= plane.Faults.Around<IRunStore>(plane.Store);

    public ITraces? Traces => plane.Traces;

    public IRunIndex RunIndex => field ??= plane.Faults.Around<IRunIndex>(plane.Store);

    public IRunHistory History => field ??= plane.Faults.Around<IRunHistory>(new InMemoryRunHistory(plane.Store, []));

    public ISlots Slots => field ??= plane.Faults.Around<ISlots>(plane.Slots);

    public IDispatchLease Lease => field ??= plane.Faults.Around<IDispatchLease>(plane.Lease);

    public ITasks Tasks => field ??= plane.Faults.Around(tasks);

    public ITaskReadings TaskReadings => field ??= plane.Faults.Around<ITaskReadings>(plane.Tasks);

    public ISchedules Schedules => field ??= plane.Faults.Around<ISchedules>(plane.Schedules);

    public IChildren Children => field ??= plane.Faults.Around<IChildren>(plane.Children);

    public IArrayCursors ArrayCursors => field ??= plane.Faults.Around<IArrayCursors>(plane.Cursors);

    public IArrayItems ArrayItems => field ??= plane.Faults.Around<IArrayItems>(plane.Items, "/items");

    public IReplays Replays => field ??= plane.Faults.Around<IReplays>(plane.Replays);

    public IUploadedObjects UploadedObjects => field ??= plane.Faults.Around<IUploadedObjects>(plane.Uploads);

    public IDrains Drains => throw Unused(nameof(IDrains));

    public IQueueReader Queues => throw Unused(nameof(IQueueReader));

    public IJobQueues JobQueues => field ??= plane.Faults.Around<IJobQueues>(plane.Queues);

    public IQueueServices QueueServices => throw Unused(nameof(IQueueServices));

    public IBacklogMetrics BacklogMetrics => throw Unused(nameof(IBacklogMetrics));

    public IRunMetrics RunMetrics => plane.Metrics;

    public IAlertCauses AlertCauses => field ??= plane.Faults.Around<IAlertCauses>(plane.Causes);

    public IAlerts Alerts => field ??= plane.Faults.Around<IAlerts>(plane.Alerts);

    public ICatalogStore Catalogs => throw Unused(nameof(ICatalogStore));

    public IPauses Pauses => plane.Pauses;

    private static NotSupportedException Unused(string port) => new($"Tests of {port} make what uses it themselves.");
}
