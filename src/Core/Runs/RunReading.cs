using Jobs.Core.Verdicts;
using Jobs.Core.Workers;

namespace Jobs.Core.Runs;

/// <param name="Worker">What the last worker to claim the run recorded; null when none has.</param>
public sealed record RunReading(Run Run, WorkerRecord? Worker)
{
    /// <summary>What the worker of the current launch recorded; null when it has not claimed it.</summary>
    public WorkerRecord? CurrentWorker => Worker?.Launch == Run.Launch ? Worker : null;

    /// <summary>The state as people see it: a claim makes a run Running before the sweep has noted it.</summary>
    public RunState VisibleState =>
        Run.State == RunState.Starting && CurrentWorker is not null ? RunState.Running : Run.State;
}
