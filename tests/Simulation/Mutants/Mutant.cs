namespace Jobs.Tests.Simulation.Mutants;

/// <summary>A bug put into Core: one fragment of one file replaced by another.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Forgets">What is wrong, in one sentence.</param>
/// <param name="File">File below src/Core.</param>
/// <param name="Original">Occurs exactly once in the file; white space in it does not count.</param>
/// <param name="CaughtBy">The invariants by which it shows; any other one that it breaks as well fails the
/// test.</param>
public sealed record Mutant(
    string Name,
    string Forgets,
    string File,
    string Original,
    string Replacement,
    params IReadOnlyList<string> CaughtBy)
{
    /// <summary>It shows only where there is more than uploads, cancels and messages.</summary>
    public bool IsWide { get; init; }

    /// <summary>How many schedules are not run because they are known not to show it. Default 0.</summary>
    public ulong Skips { get; init; }

    /// <summary>Core as it is.</summary>
    public static Mutant None { get; } = new("control", "Nothing is forgotten.", "", "", "");

    public override string ToString() => Name;
}
