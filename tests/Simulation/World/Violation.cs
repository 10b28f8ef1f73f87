namespace Jobs.Tests.Simulation.World;

/// <param name="Invariant">Which one was broken.</param>
/// <param name="Sentence">What was broken, naming the runs.</param>
internal sealed record Violation(string Invariant, string Sentence)
{
    public override string ToString() => $"{Invariant}: {Sentence}";
}
