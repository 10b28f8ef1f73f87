using Lapstack.Ground;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// Takes one task through its life: PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING,
/// STOPPED. Every state is passed through and announced; a task that fails to start goes from PENDING to DEACTIVATING.
/// </summary>
internal sealed class TaskRunner : IDisposable
{
    private readonly TaskRecord _task;
    private readonly TaskDefinition _definition;
    private readonly TaskParts _parts;
    private readonly IReadOnlyList<ContainerDefinition> _runnable;
    private readonly ContainerGroup _containers;
    private readonly TaskCompletionSource<bool> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StopRequest> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? _pulledAt;

    public TaskRunner(TaskRecord task, TaskDefinition definition, TaskParts parts)
    {
        (_task, _definition, _parts) = (task, definition, parts);
        _runnable = parts.Notices.Runnable(definition);
        _containers = new ContainerGroup(_runnable, task.Id, parts.Ids, parts.Clock);
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
            await _parts.Room.AwaitAsync(() => _parts.Store.AnnounceAsync(_task), ending);
            await PauseAsync(_parts.Timings.Provisioning, ending);
            await UpdateAsync(TaskState.Pending, t => t with { ConnectivityAt = Now, PullStartedAt = Now }, ending);
            var why = _stop.Task.IsCompleted ? await _stop.Task : await StartAndWatchAsync(credentials, ending);
            await EndAsync(why, ending);
        }
        finally
        {
            _running.TrySetResult(false);
            await _containers.KillAsync();
            _parts.Endpoints.Close(credentials);
            _parts.Volumes.Close(_task);
        }
    }

    public void Dispose() => _containers.Dispose();

    private async Task<StopRequest> StartAndWatchAsync(TaskCredentials credentials, CancellationToken ending)
    {
        if (!await _parts.Gate.EnterAsync(_stop.Task, ending)) return await _stop.Task;
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _parts.Gate.LeaveAsync(over.Task);
        try
        {
            return await StartInPlaceAsync(credentials, ending);
        }
        finally
        {
            over.SetResult();
        }
    }

    private async Task<StopRequest> StartInPlaceAsync(TaskCredentials credentials, CancellationToken ending)
    {
        try
        {
            var starts = await PullAsync(credentials, ending);
            if (await StartAsync(starts, ending))
            {
                await UpdateAsync(TaskState.Activating, t => t, ending);
                await PauseAsync(_parts.Timings.Activating, ending);
                await UpdateAsync(TaskState.Running, t => t with { StartedAt = Now }, ending);
                _running.TrySetResult(true);
            }
        }
        catch (ContainerStartException failed)
        {
            return new StopRequest(StopCode.TaskFailedToStart, failed.Message);
        }
        catch (IOException full) when (FullDisk.Is(full))
        {
            return new StopRequest(StopCode.TaskFailedToStart, $"CannotCreateContainerError: {FullDisk.Words(full)}");
        }

        return await (await Task.WhenAny(_stop.Task, _containers.EssentialExited).WaitAsync(ending));
    }

    /// <summary>Everything that can be found out without starting anything: images, secrets, log groups.</summary>
    private async Task<Dictionary<string, Func<CancellationToken, Task<IContainer>>>> PullAsync(
        TaskCredentials credentials, CancellationToken ending)
    {
        // RunTask says so at once; a service's tasks come here.
        if (_parts.Notices.Refusal(_definition) is { } refusal) throw new ContainerStartException(refusal);
        var folders = _parts.Volumes.Open(_task, _definition.Volumes);
        var starts = new Dictionary<string, Func<CancellationToken, Task<IContainer>>>(StringComparer.Ordinal);
        foreach (var container in _runnable)
        {
            try
            {
                ImagePull.Check(_task, container, _parts.Authorizer, _parts.Account);
                var write = TaskLogs.Open(
                    _task, container, _parts.Logs, _parts.Authorizer, _parts.Account, _parts.Clock);
                var plan = await _parts.Planner.PlanAsync(_task, container, credentials, folders, write, ending);
                starts[container.Name] = await _parts.Engine.PrepareAsync(plan, ending);
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
        return starts;
    }

    /// <summary>Waits no longer than until the task is to end for another reason.</summary>
    /// <returns>Whether every container was started.</returns>
    private async Task<bool> StartAsync(
        Dictionary<string, Func<CancellationToken, Task<IContainer>>> starts, CancellationToken ending)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ending);
        _pulledAt = Now;
        var starting = _containers.StartAsync(starts, () => NoteAsync(ending), given.Token);
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

    /// <summary>What becomes of a container without ending the task is announced by itself.</summary>
    private Task<TaskRecord> NoteAsync(CancellationToken ending) => UpdateAsync(
        t =>
            t.DesiredStatus == TaskState.Stopped || ending.IsCancellationRequested
                ? t
                : _containers.Describe(t, taskEnded: false),
        ending);

    private async Task EndAsync(StopRequest why, CancellationToken ending)
    {
        await UpdateAsync(
            TaskState.Deactivating,
            t => t with
            {
                DesiredStatus = TaskState.Stopped,
                StoppingAt = t.StoppingAt ?? Now,
                StopCode = t.StopCode ?? why.Code,
                StoppedReason = t.StopCode is null ? why.Reason : t.StoppedReason,
            },
            ending);
        await PauseAsync(_parts.Timings.Deactivating, ending);
        await UpdateAsync(TaskState.Stopping, t => t, ending);
        await _containers.StopAsync().WaitAsync(ending);
        await UpdateAsync(TaskState.Deprovisioning, t => t with { ExecutionStoppedAt = Now }, ending);
        await PauseAsync(_parts.Timings.Deprovisioning, ending);
        await UpdateAsync(TaskState.Stopped, t => t with { StoppedAt = Now }, ending);
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken ending) => Task.Delay(pause, _parts.Clock, ending);

    private Task<TaskRecord> UpdateAsync(
        string status, Func<TaskRecord, TaskRecord> change, CancellationToken ending) => UpdateAsync(
        t => _containers.Describe(change(t), taskEnded: status is TaskState.Deprovisioning or TaskState.Stopped) with
        {
            LastStatus = status,
            PullStoppedAt = _pulledAt,
        },
        ending);

    private Task<TaskRecord> UpdateAsync(Func<TaskRecord, TaskRecord> change, CancellationToken ending) =>
        _parts.Room.AwaitAsync(() => _parts.Store.UpdateAsync(_task.Id, change), ending);
}
