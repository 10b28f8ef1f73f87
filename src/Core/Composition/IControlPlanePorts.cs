using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Children;
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

namespace Jobs.Core.Composition;

/// <summary>
/// The outside world as the control plane needs it. An implementation makes each port when it is first asked for, so
/// that a cold start makes only what its function uses.
/// </summary>
public interface IControlPlanePorts
{
    IRunStore Runs { get; }

    IRunIndex RunIndex { get; }

    IRunHistory History { get; }

    ISlots Slots { get; }

    IDispatchLease Lease { get; }

    ITasks Tasks { get; }

    ITaskReadings TaskReadings { get; }

    ISchedules Schedules { get; }

    IChildren Children { get; }

    IArrayCursors ArrayCursors { get; }

    IArrayItems ArrayItems { get; }

    IReplays Replays { get; }

    IUploadedObjects UploadedObjects { get; }

    IDrains Drains { get; }

    IQueueReader Queues { get; }

    IJobQueues JobQueues { get; }

    IQueueServices QueueServices { get; }

    IBacklogMetrics BacklogMetrics { get; }

    IRunMetrics RunMetrics { get; }

    IAlertCauses AlertCauses { get; }

    IAlerts Alerts { get; }

    ICatalogStore Catalogs { get; }

    /// <summary>Where spans go; null without tracing.</summary>
    ITraces? Traces => null;

    IPauses Pauses { get; }
}
