using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>One container of a task that is being run: not yet started, running, or ended.</summary>
internal sealed class ContainerSlot(ContainerDefinition definition, string runtimeId, TimeProvider clock) : IDisposable
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ChildExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private IContainer? _container;
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _finishedAt;
    private string? _reason;
    private string _health = Health.Unknown;

    public ContainerDefinition Definition => definition;

    public Task Started => _started.Task;

    /// <summary>Completes when its health check succeeds for the first time.</summary>
    public Task Healthy => _healthy.Task;

    public Task<ChildExit> Exited => _exited.Task;

    /// <param name="healthChanged">Called when the container's health has changed.</param>
    /// <exception cref="ContainerStartException">It could not be started.</exception>
    public async Task StartAsync(
        Func<CancellationToken, Task<IContainer>> start, Func<Task> healthChanged, CancellationToken cancellation)
    {
        var container = await start(cancellation);
        _startedAt = clock.GetUtcNow();
        _container = container;
        _started.SetResult();
        _ = EndAsync(container);
        if (definition.HealthCheck is { } check) _ = WatchAsync(container, check, healthChanged);
    }

    /// <summary>Why it could not be started.</summary>
    public void Fail(string reason) => _reason = reason;

    /// <summary>SIGTERM, the container's stop timeout, SIGKILL. Nothing for a container that does not run.</summary>
    public async Task StopAsync()
    {
        if (_container is null) return;
        await _container.StopAsync(definition.StopTimeout);
        await Exited;
    }

    public async Task KillAsync()
    {
        if (_container is null) return;
        await _container.KillAsync();
        await Exited;
    }

    /// <summary>Writes what is known of this container into its record.</summary>
    public ContainerRecord Describe(ContainerRecord record, bool taskEnded)
    {
        var exit = _exited.Task.IsCompleted ? _exited.Task.Result : null;
        return record with
        {
            LastStatus = exit is not null || taskEnded
                ? TaskState.Stopped
                : _container is null
                ? TaskState.Pending
                : TaskState.Running,
            RuntimeId = _container is null ? null : runtimeId,
            StartedAt = _startedAt,
            FinishedAt = _finishedAt,
            ExitCode = exit?.Code,
            Reason = exit is { OutOfMemory: true } ? Reasons.OutOfMemory : _reason,
            HealthStatus = _health,
        };
    }

    public void Dispose() => _ended.Dispose();

    private async Task EndAsync(IContainer container)
    {
        var exit = await container.Exited;
        _finishedAt = clock.GetUtcNow();
        await _ended.CancelAsync();
        _exited.SetResult(exit);
    }

    private async Task WatchAsync(IContainer container, HealthCheck check, Func<Task> healthChanged)
    {
        try
        {
            await HealthWatch.RunAsync(container, check, Note, clock, _ended.Token);
        }
        catch (OperationCanceledException)
        {
            // Its health ends with it.
        }

        void Note(string health)
        {
            _health = health;
            if (health == Health.Healthy) _healthy.TrySetResult();
            _ = healthChanged();
        }
    }
}
