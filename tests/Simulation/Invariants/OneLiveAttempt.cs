using Jobs.Core.Runs;
using Jobs.Tests.Simulation.Models;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Invariants;

/// <summary>
/// User code of a run never runs in two tasks at once. It begins when the claim's answer has reached the worker and
/// ends when the process does; and when a run is over, none of its tasks runs any.
/// </summary>
internal sealed class OneLiveAttempt(SimulatedWorld world) : Invariant(world)
{
    public override void UserCodeStarted(RunHistory history, EcsTask task)
    {
        if (history.Running.Count > 1)
        {
            Fail($"Run {history} runs user code in the tasks {string.Join(" and ", history.Running)} at once.");
        }
        else if (history.OverAt is { } over)
        {
            Fail($"Run {history} was over at {over:HH:mm:ss}, and then its task {task} began to run user code.");
        }
    }

    public override void Stored(RunHistory history, Run? before, Run after)
    {
        if (after.IsOver && before?.IsOver == false && history.Running.Count > 0)
        {
            Fail($"Run {history} was recorded as {after.State} while user code runs in its task {history.Running[0]}.");
        }
    }
}
