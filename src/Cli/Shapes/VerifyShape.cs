using Jobs.Cli.Verify;

namespace Jobs.Cli.Shapes;

/// <param name="Kept">No promise is broken.</param>
internal sealed record VerifyShape(bool Kept, IReadOnlyList<PromiseShape> Promises)
{
    public static VerifyShape Of(IReadOnlyList<Finding> findings) => new(
        findings.All(finding => finding.Standing != Standing.Broken), [.. findings.Select(PromiseShape.Of)]);
}

/// <summary>A promise that was put to the test.</summary>
/// <param name="Outcome">kept, broken, or notTried for what cannot be tried there.</param>
/// <param name="NextStep">What to do about a broken one; null for all others.</param>
internal sealed record PromiseShape(string Name, string Outcome, string Expected, string Seen, string? NextStep)
{
    public static PromiseShape Of(Finding finding) => new(
        finding.Name, OutcomeOf(finding.Standing), finding.Expected, finding.Seen, finding.NextStep);

    private static string OutcomeOf(Standing standing) => standing switch
    {
        Standing.Kept => "kept",
        Standing.Broken => "broken",
        _ => "notTried",
    };
}
