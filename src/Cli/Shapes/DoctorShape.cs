using Jobs.Cli.Doctor;

namespace Jobs.Cli.Shapes;

/// <param name="Healthy">No check is an error.</param>
internal sealed record DoctorShape(bool Healthy, IReadOnlyList<CheckShape> Checks)
{
    public static DoctorShape Of(IReadOnlyList<Check> checks) => new(
        checks.All(check => check.Outcome != Outcome.Error), [.. checks.Select(CheckShape.Of)]);
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Outcome">ok, warning, error, or unknown for what could not be looked at.</param>
/// <param name="Remedy">What to do; null when it is ok.</param>
internal sealed record CheckShape(string Name, string Outcome, string Detail, string? Remedy)
{
    public static CheckShape Of(Check check) =>
        new(check.Name, check.Outcome.ToString().ToLowerInvariant(), check.Detail, check.Remedy);
}
