using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>One container of a task that is being run: not yet started, running, or ended.</summary>
internal sealed class ContainerSlot(ContainerDefinition definition, string runtimeId, TimeProvider clock)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ChildExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChildProcess? _process;
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _finishedAt;
    private string? _reason;

    public ContainerDefinition Definition => definition;

    public Task Started => _started.Task;

    public Task<ChildExit> Exited => _exited.Task;

    public void Start(Func<ContainerDefinition, ChildProcess> launch)
    {
        _process = launch(definition);
        _startedAt = clock.GetUtcNow();
        _started.SetResult();
        _process.Exited.ContinueWith(
            ended => End(ended.Result), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Why it could not be started.</summary>
    public void Fail(string reason) => _reason = reason;

    /// <summary>SIGTERM, the container's stop timeout, SIGKILL. Nothing for a container that does not run.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        await _process.StopAsync(definition.StopTimeout);
        await Exited;
    }

    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.Exited;
    }

    /// <summary>Writes what is known of this container into its record.</summary>
    public ContainerRecord Describe(ContainerRecord record, bool taskEnded)
    {
        var exit = _exited.Task.IsCompleted ? _exited.Task.Result : null;
        return record with
        {
            LastStatus = exit is not null || taskEnded
                ? TaskState.Stopped
                : _process is null
                ? TaskState.Pending
                : TaskState.Running,
            RuntimeId = _process is null ? null : runtimeId,
            StartedAt = _startedAt,
            FinishedAt = _finishedAt,
            ExitCode = exit?.Code,
            Reason = exit is { OutOfMemory: true } ? Reasons.OutOfMemory : _reason,
        };
    }

    private void End(ChildExit exit)
    {
        _finishedAt = clock.GetUtcNow();
        _exited.SetResult(exit);
    }
}
