using Jobs.Core.Verdicts;

namespace Jobs;

/// <summary>Starts the job when a run of another job has ended.</summary>
/// <param name="Job">Name of the other job.</param>
/// <param name="On">Which ends count.</param>
public sealed record AfterTrigger(string Job, AfterOutcome On = AfterOutcome.Success)
{
    /// <summary>
    /// The input is how the run ended, with its result in it; else it is the result alone, which only a success has.
    /// Default false.
    /// </summary>
    public bool TakesEnding { get; init; }

    public bool Matches(RunState ended) => ended switch
    {
        RunState.Succeeded => On is AfterOutcome.Success or AfterOutcome.Always,
        RunState.Failed or RunState.TimedOut => On is AfterOutcome.Failure or AfterOutcome.Always,
        RunState.Cancelled => On is AfterOutcome.Always,
        _ => false,
    };
}
