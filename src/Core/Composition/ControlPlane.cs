using Jobs.Core.Alerts;
using Jobs.Core.Backlog;
using Jobs.Core.Children;
using Jobs.Core.Commands;
using Jobs.Core.Definitions;
using Jobs.Core.Dispatch;
using Jobs.Core.Engine;
using Jobs.Core.Pauses;
using Jobs.Core.Replays;
using Jobs.Core.Runs;
using Jobs.Core.Scheduling;
using Jobs.Core.Slots;
using Jobs.Core.Tracing;
using Jobs.Core.Triggers;

namespace Jobs.Core.Composition;

/// <summary>
/// The one place that puts the control plane together from its ports: functions, tests and simulation alike. Each part
/// is made when it is first asked for. The engine and those who perform its effects need each other; its handlers look
/// them up when they are called.
/// </summary>
public sealed class ControlPlane(
    IControlPlanePorts ports, JobCatalog catalog, ControlPlaneSettings settings, TimeProvider clock)
{
    public RunEngine Engine => field ??= new RunEngine(
        ports.Runs,
        ports.RunIndex,
        new LaunchPermits(ports.Slots, catalog, settings.CpuLimit is not null),
        ports.Tasks,
        Handlers(),
        catalog,
        ports.RunMetrics,
        PauseView,
        clock,
        Traces);

    /// <summary>Null without tracing.</summary>
    public RunTraces? Traces => field ??= ports.Traces is { } traces ? new RunTraces(traces, clock) : null;

    public ChildCoordinator Children =>
        field ??= new ChildCoordinator(
            ports.Children, ports.ArrayCursors, ports.Runs, ports.ArrayItems, catalog, Engine, clock);

    public Followers Followers => field ??= new Followers(catalog, Engine);

    public Scheduler Schedules =>
        field ??= new Scheduler(catalog, ports.Schedules, ports.Runs, Engine, PauseView, clock);

    public ScheduleWatch ScheduleWatch => field ??= new ScheduleWatch(
        catalog, ports.Schedules, ports.Runs, Schedules, Alerts, PauseView, clock, settings.Sleeps);

    public UploadIntake Uploads => field ??= new UploadIntake(catalog, ports.Runs, Engine);

    public EventIntake Events => field ??= new EventIntake(catalog, Engine);

    public CommandIntake Commands => field ??= new CommandIntake(
        catalog, ports.Runs, Engine, Children, Replays, Pauses, new TestAlerts(ports.Alerts, Writer),
        settings.Stack.Lines, clock);

    public ReplayIntake Replays => field ??= new ReplayIntake(catalog, ports.Replays, clock);

    public Replayer Replayer => field ??= new Replayer(
        catalog,
        ports.Replays,
        new ReplaySources(catalog, ports.UploadedObjects, ports.Schedules, ports.History, ports.Runs),
        Engine,
        new(() => ports.JobQueues),
        ports.Alerts,
        Writer,
        clock);

    public BacklogWatch Backlog => field ??= new BacklogWatch(
        ports.Queues, ports.Drains, ports.Runs, Engine, new(() => ports.QueueServices), new(
            () => ports.BacklogMetrics), ports.RunMetrics, PauseView, clock);

    public AlertManager Alerts =>
        field ??= new AlertManager(ports.AlertCauses, ports.Alerts, ports.Runs, Writer, clock);

    public Sweep Sweep => field ??= new Sweep(
        ports.Runs, ports.RunIndex, ports.Tasks, ports.TaskReadings, new SlotHealer(
            ports.Slots, ports.Runs, clock), Engine, new RunWatch(catalog, clock), PauseView, clock);

    public Dispatcher Dispatcher => field ??= new Dispatcher(
        new DispatchSources(ports.RunIndex, ports.Slots, catalog, PauseView, settings.CpuLimit),
        ports.Lease,
        Engine,
        settings.Dispatch,
        ports.RunMetrics,
        clock);

    public PauseKeeper Pauses => field ??= new PauseKeeper(ports.Pauses, PauseView, clock);

    public CatalogPublisher CatalogPublisher => field ??= new CatalogPublisher(catalog, ports.Catalogs);

    private PauseView PauseView => field ??= new PauseView(ports.Pauses, clock);

    private AlertWriter Writer => field ??= new AlertWriter(settings.Stack, catalog);

    private EffectHandlers Handlers() => new()
    {
        Stop = (effect, reading, cancellation) => TaskStops.StopAsync(ports.Tasks, effect, reading.Run, cancellation),
        ReleaseSchedule = (_, reading, cancellation) => Schedules.ReleaseAsync(reading.Run, cancellation),
        Follow = (_, reading, cancellation) => Followers.SubmitAsync(reading, cancellation),
        TellParent = (_, reading, cancellation) => Children.TellParentAsync(reading, cancellation),
        StartChildren = (_, reading, cancellation) => Children.StartChildrenAsync(reading.Run, cancellation),
        CountChildren = (_, reading, cancellation) => Children.CountChildrenAsync(reading.Run, cancellation),
        CancelChildren = (_, reading, cancellation) => Children.CancelChildrenAsync(reading, cancellation),
        Alert = AlertAsync,
    };

    private async Task<bool> AlertAsync(Effect effect, RunReading reading, CancellationToken cancellation)
    {
        if (Traces is not { } traces) return await Alerts.ReportAsync(effect.Kind, reading, cancellation);
        var began = traces.Now;
        string? error = null;
        try
        {
            return await Alerts.ReportAsync(effect.Kind, reading, cancellation);
        }
        catch (Exception e)
        {
            error = e.Message;
            throw;
        }
        finally
        {
            traces.Alerted(reading.Run, began, effect.Kind, error);
        }
    }
}
