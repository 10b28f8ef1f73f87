using Jobs.Core.Alerts;
using Jobs.Core.Children;
using Jobs.Core.Definitions;
using Jobs.Core.Objects;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;

namespace Jobs.Cli.Ports;

/// <summary>A stack that was found, by the ports that commands use. Nothing is connected before it is used.</summary>
internal interface IStack : IDisposable
{
    StackPlace Place { get; }

    IRunStore Runs { get; }

    IRunHistory History { get; }

    IAlertCauses Alerts { get; }

    IChildren Children { get; }

    IArrayCursors ArrayCursors { get; }

    IObjects Objects { get; }

    /// <summary>The bucket's objects with their versions.</summary>
    IUploadedObjects Uploads { get; }

    /// <summary>What was uploaded under a key.</summary>
    IUploadVersions Versions { get; }

    ISchedules Schedules { get; }

    IReplays Replays { get; }

    IRunLogs Logs { get; }

    IQueues Queues { get; }

    ICommandQueue Commands { get; }

    /// <summary>What is paused.</summary>
    IPauses Pauses { get; }

    /// <summary>The jobs as deployed.</summary>
    Task<JobCatalog> CatalogAsync(CancellationToken cancellation);
}
