using System.Collections.Concurrent;
using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>Everything that runs as a task, and what an earlier emulator left behind.</summary>
internal sealed class TaskHost(
    TaskParts parts, TaskDefinitionStore definitions, TaskFaults faults, Activity activity) : IHostedPart, IDisposable
{
    private readonly ConcurrentDictionary<string, TaskRunner> _running = new(StringComparer.Ordinal);
    private readonly BackgroundWork _work = new(activity, "ECS");

    /// <summary>On disk when it returns; the rest happens by itself.</summary>
    public void Start(TaskRecord task)
    {
        parts.Store.Add(task);
        var runner = new TaskRunner(parts.Store.Find(task.Id)!, definitions.Find(task.DefinitionArn)!, parts);
        _running[task.Id] = runner;
        _work.Run(async ending =>
        {
            try
            {
                await runner.RunAsync(ending);
            }
            finally
            {
                _running.TryRemove(task.Id, out _);
                runner.Dispose();
            }
        });
        _work.Run(ending => faults.InjectAsync(task, runner, () => InterruptAsync(task.Id), ending));
    }

    /// <summary>
    /// Announces that the task is to stop, and stops it. Nothing happens to one that is stopping already.
    /// </summary>
    public async Task<TaskRecord> StopTaskAsync(string taskId, StopRequest why)
    {
        var task = await parts.Store.UpdateAsync(taskId, t => t.DesiredStatus == TaskState.Stopped ? t : t with
        {
            DesiredStatus = TaskState.Stopped,
            StoppingAt = parts.Clock.GetUtcNow(),
            StopCode = why.Code,
            StoppedReason = why.Reason,
        });
        if (_running.TryGetValue(taskId, out var runner)) runner.RequestStop(why);
        return task;
    }

    /// <summary>Fargate takes back the task's Spot capacity.</summary>
    public Task InterruptAsync(string taskId) =>
        StopTaskAsync(taskId, new StopRequest(StopCode.SpotInterruption, Reasons.SpotInterrupted));

    /// <summary>
    /// Tasks that an earlier emulator was running are gone, and their processes were ended before this is called: they
    /// are announced as Fargate announces the loss of a host, without an exit code, because none was seen. So is one
    /// that was on its way to RUNNING: nothing of its own kept it from starting.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await parts.Engine.EndLeftoversAsync(cancellation);
        parts.Volumes.DeleteLeftovers();
        foreach (var lost in parts.Store.All.Where(t => !t.IsStopped && !_running.ContainsKey(t.Id)))
        {
            var now = parts.Clock.GetUtcNow();
            await parts.Store.UpdateAsync(lost.Id, t => t with
            {
                LastStatus = TaskState.Stopped,
                DesiredStatus = TaskState.Stopped,
                StopCode = t.StopCode ?? StopCode.TerminationNotice,
                StoppedReason = t.StopCode is null ? Reasons.EmulatorEnded : t.StoppedReason,
                StoppingAt = t.StoppingAt ?? now,
                ExecutionStoppedAt = t.ExecutionStoppedAt ?? now,
                StoppedAt = now,
                Containers = [.. t.Containers.Select(c => c with { LastStatus = TaskState.Stopped })],
            });
        }
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();
}
