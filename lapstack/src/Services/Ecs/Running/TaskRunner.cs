using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// Takes one task through its life: PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING,
/// STOPPED. Every state is passed through and announced; a task that fails to start goes from PENDING to DEACTIVATING.
/// </summary>
internal sealed class TaskRunner
{
    private readonly TaskRecord _task;
    private readonly IReadOnlyList<ContainerDefinition> _definitions;
    private readonly TaskParts _parts;
    private readonly ContainerGroup _containers;
    private readonly TaskCompletionSource<bool> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StopRequest> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? _pulledAt;

    public TaskRunner(TaskRecord task, TaskDefinition definition, TaskParts parts)
    {
        (_task, _definitions, _parts) = (task, definition.Containers, parts);
        _containers = new ContainerGroup(_definitions, task.Id, parts.Ids, parts.Clock);
    }

    private DateTimeOffset Now => _parts.Clock.GetUtcNow();

    /// <summary>True when it is RUNNING; false when it ended without.</summary>
    public Task<bool> Running => _running.Task;

    /// <summary>Whether there is nothing left to stop: it is stopping already, or its container has ended.</summary>
    public bool HasEnded => _stop.Task.IsCompleted || _containers.EssentialExited.IsCompleted;

    /// <summary>Ends its processes at once, as the kernel would.</summary>
    public Task KillAsync() => _containers.KillAsync();

    /// <summary>The task ends by itself from now on; the first request counts.</summary>
    public void RequestStop(StopRequest request) => _stop.TrySetResult(request);

    /// <param name="ending">The emulator ends: the processes are killed, and what became of the task is said at the
    /// next start.</param>
    public async Task RunAsync(CancellationToken ending)
    {
        var credentials = _parts.Endpoints.Open(_task.Id);
        try
        {
            await _parts.Store.AnnounceAsync(_task);
            await PauseAsync(_parts.Timings.Provisioning, ending);
            await UpdateAsync(TaskState.Pending, t => t with { ConnectivityAt = Now, PullStartedAt = Now });
            var why = _stop.Task.IsCompleted ? await _stop.Task : await StartAndWatchAsync(credentials, ending);
            await EndAsync(why, ending);
        }
        finally
        {
            _running.TrySetResult(false);
            await _containers.KillAsync();
            _parts.Endpoints.Close(credentials);
        }
    }

    private async Task<StopRequest> StartAndWatchAsync(TaskCredentials credentials, CancellationToken ending)
    {
        try
        {
            var programs = Pull(credentials);
            if (await StartAsync(programs, ending))
            {
                await UpdateAsync(TaskState.Activating, t => t);
                await PauseAsync(_parts.Timings.Activating, ending);
                await UpdateAsync(TaskState.Running, t => t with { StartedAt = Now });
                _running.TrySetResult(true);
            }
        }
        catch (ContainerStartException failed)
        {
            return new StopRequest(StopCode.TaskFailedToStart, failed.Message);
        }
        return await (await Task.WhenAny(_stop.Task, _containers.EssentialExited).WaitAsync(ending));
    }

    /// <summary>Everything that can be found out without starting anything: images, secrets, log groups.</summary>
    private Dictionary<string, ChildProcessStart> Pull(TaskCredentials credentials)
    {
        var programs = new Dictionary<string, ChildProcessStart>(StringComparer.Ordinal);
        foreach (var container in _definitions)
        {
            try
            {
                var write = TaskLogs.Open(
                    _task, container, _parts.Logs, _parts.Authorizer, _parts.Account, _parts.Clock);
                programs[container.Name] = _parts.Programs.Prepare(_task, container, credentials, write);
            }
            catch (ContainerStartException failed)
            {
                if (!failed.Message.StartsWith("ResourceInitializationError", StringComparison.Ordinal))
                {
                    _containers.Fail(container.Name, failed.Message);
                }

                throw;
            }
        }
        return programs;
    }

    /// <summary>Waits no longer than until the task is to end for another reason.</summary>
    /// <returns>Whether every container was started.</returns>
    private async Task<bool> StartAsync(Dictionary<string, ChildProcessStart> programs, CancellationToken ending)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ending);
        _pulledAt = Now;
        var starting = _containers.StartAsync(
            container => ChildProcess.Start(programs[container.Name], _parts.Ledger, _parts.Clock),
            () => NoteSidecarAsync(ending),
            given.Token);
        await Task.WhenAny(starting, _stop.Task, _containers.EssentialExited);
        await given.CancelAsync();
        try
        {
            await starting;
            return true;
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The end of a container that does not end the task is announced by itself.</summary>
    private Task<TaskRecord> NoteSidecarAsync(CancellationToken ending) => _parts.Store.UpdateAsync(
        _task.Id,
        t =>
            t.DesiredStatus == TaskState.Stopped || ending.IsCancellationRequested
                ? t
                : _containers.Describe(t, taskEnded: false));

    private async Task EndAsync(StopRequest why, CancellationToken ending)
    {
        await UpdateAsync(TaskState.Deactivating, t => t with
        {
            DesiredStatus = TaskState.Stopped,
            StoppingAt = t.StoppingAt ?? Now,
            StopCode = t.StopCode ?? why.Code,
            StoppedReason = t.StopCode is null ? why.Reason : t.StoppedReason,
        });
        await PauseAsync(_parts.Timings.Deactivating, ending);
        await UpdateAsync(TaskState.Stopping, t => t);
        await _containers.StopAsync().WaitAsync(ending);
        await UpdateAsync(TaskState.Deprovisioning, t => t with { ExecutionStoppedAt = Now });
        await PauseAsync(_parts.Timings.Deprovisioning, ending);
        await UpdateAsync(TaskState.Stopped, t => t with { StoppedAt = Now });
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken ending) => Task.Delay(pause, _parts.Clock, ending);

    private Task<TaskRecord> UpdateAsync(
        string status, Func<TaskRecord, TaskRecord> change) => _parts.Store.UpdateAsync(
        _task.Id,
        t => _containers.Describe(change(t), taskEnded: status is TaskState.Deprovisioning or TaskState.Stopped) with
        {
            LastStatus = status,
            PullStoppedAt = _pulledAt,
        });
}
