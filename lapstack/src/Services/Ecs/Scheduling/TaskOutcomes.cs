using Lapstack.Services.Ecs.Tasks;
namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// Counts for a deployment what has become of its tasks, each once: that it reached RUNNING, and that it is to end. For
/// one thread.
/// </summary>
/// <param name="replacement">How long a task that ended by itself is not replaced.</param>
internal sealed class TaskOutcomes(TimeSpan replacement)
{
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>What an earlier emulator left behind has not failed: the laptop was closed.</summary>
    public void Disregard(IEnumerable<TaskRecord> tasks) =>
        _ended.UnionWith(tasks.Where(t => t.DesiredStatus == TaskState.Stopped).Select(t => t.Id));

    /// <param name="tasks">All of the service.</param>
    /// <returns>The same record when nothing is new.</returns>
    public Deployment Count(Deployment deployment, IEnumerable<TaskRecord> tasks, DateTimeOffset now)
    {
        foreach (var task in tasks.Where(t => t.StartedBy == deployment.Id))
        {
            if (task.StartedAt is not null && _running.Add(task.Id) && deployment.FailuresInRow > 0)
            {
                deployment = deployment with { FailuresInRow = 0 };
            }

            if (task.DesiredStatus == TaskState.Stopped && _ended.Add(task.Id))
            {
                deployment = Ended(deployment, task, now);
            }
        }
        return deployment;
    }

    private Deployment Ended(Deployment deployment, TaskRecord task, DateTimeOffset now)
    {
        if (task.StopCode == StopCode.ServiceSchedulerInitiated) return deployment;
        if (task.StartedAt is not null || task.StopCode == StopCode.UserInitiated)
        {
            return deployment with { NextStartAt = now + replacement };
        }

        var failures = deployment.FailuresInRow + 1;
        return deployment with
        {
            FailedTasks = deployment.FailedTasks + 1,
            FailuresInRow = failures,
            NextStartAt = now + StartBackoff.After(failures),
            UpdatedAt = now,
        };
    }
}
