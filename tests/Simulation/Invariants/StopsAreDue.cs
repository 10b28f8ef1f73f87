using Jobs.Core.Runs;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>No attempt is stopped before its time, and no worker for silence that was not silent.</summary>
internal sealed class StopsAreDue(SimulatedWorld world) : Invariant(world)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(4);

    /// <summary>
    /// What a task that had not begun in time may run until its stop is stored: ECS's answer lags, and calls are slow.
    /// </summary>
    private static readonly TimeSpan Decided = TimeSpan.FromMinutes(1);

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (after.State != RunState.Stopping || before?.State == RunState.Stopping) return;
        var task = history.Tasks.FindLast(one => one.Launch.Id == after.LaunchId);
        var now = World.Loop.Now;
        switch (after.StopCause)
        {
            case StopCause.TimedOut when task is not null && IsTooEarly(task, now):
                Fail(
                    $"Run {history} was stopped for its timeout of {after.Policy.TimeoutMinutes} minutes, but its " +
                    $"task {task} runs only since {task.RunningAt:HH:mm:ss}.");
                break;
            case StopCause.HeartbeatLost when World.Results.Find(after.Id) is { } record
                && (record.HeartbeatAt ?? record.ClaimedAt) + Silence > now:
                Fail(
                    $"Run {history} was stopped for silence, but its worker showed life at " +
                    $"{record.HeartbeatAt ?? record.ClaimedAt:HH:mm:ss}.");
                break;
            case StopCause.HeartbeatLost when task is { Worker: { IsDead: false } worker, Script.Hangs: false }
                && worker.TriedHeartbeatAt + Silence > now:
                Fail(
                    $"Run {history} was stopped for silence, but its worker tried to show life at " +
                    $"{worker.TriedHeartbeatAt:HH:mm:ss}.");
                break;
            case StopCause.Cancelled when !World.Requests.MayCancel(after.Id):
                Fail($"Run {history} was stopped as cancelled, but no cancellation was asked for.");
                break;
            default:
                break;
        }
    }
    private static bool IsTooEarly(EcsTask task, DateTimeOffset now)
    {
        var time = TimeSpan.FromMinutes(task.TimeoutMinutes);
        var hadNotBegun = task.CreatedAt + RunTimings.StartAllowance + time <= now && now < task.RunningAt + Decided;
        return task.RunningAt + time > now && !hadNotBegun;
    }
}
