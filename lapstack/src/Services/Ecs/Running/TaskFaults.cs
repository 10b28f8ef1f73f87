using Lapstack.Chaos;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// Interrupts and kills tasks in mid-run when chaos chaos. A task that ends sooner than that gets away.
/// </summary>
internal sealed class TaskFaults(ChaosDice chaos, TimeProvider clock)
{
    /// <summary>Within this time after RUNNING. Short, because a laptop's jobs are.</summary>
    internal static readonly TimeSpan MidRun = TimeSpan.FromSeconds(1);

    /// <param name="interrupt">Does to the task what Fargate does when it takes Spot capacity back.</param>
    public async Task InjectAsync(TaskRecord task, TaskRunner runner, Func<Task> interrupt, CancellationToken ending)
    {
        var spot = task.CapacityProvider == "FARGATE_SPOT" && chaos.Hit(chaos.Shares.Spot);
        if (!spot && !chaos.Hit(chaos.Shares.Kill)) return;
        if (!await runner.Running.WaitAsync(ending)) return;
        await Task.Delay(chaos.Within(MidRun), clock, ending);
        if (runner.HasEnded) return;
        chaos.Report(
            spot ? "spot" : "kill",
            $"{task.Family} {task.Id[..8]} {(spot ? "loses its Spot capacity" : "is killed with SIGKILL")}.");
        await (spot ? interrupt() : runner.KillAsync());
    }
}
