using Lapstack.Ground;
namespace Lapstack.Chaos;

/// <summary>
/// Decides when chaos chaos, by the emulator's one source of chance. A share of 0 draws nothing, so that ids stay what
/// they are without chaos.
/// </summary>
internal sealed class ChaosDice(ChaosOptions shares, Ids ids, Activity activity)
{
    public ChaosOptions Shares => shares;

    public bool Hit(double share) => share > 0 && ids.Fraction() < share;

    /// <summary>Some time below the longest.</summary>
    public TimeSpan Within(TimeSpan longest) => longest * ids.Fraction();

    public T OneOf<T>(params IReadOnlyList<T> choices) => choices[(int)(ids.Fraction() * choices.Count)];

    /// <summary>Tells the person who watches: what follows is no fault of the stack's.</summary>
    /// <param name="kind">The switch's name.</param>
    public void Report(string kind, string what) => activity.Report("Chaos", kind, what);
}
