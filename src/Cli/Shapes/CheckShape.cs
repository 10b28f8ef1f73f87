namespace Jobs.Cli.Shapes;

/// <summary>One thing that was looked at.</summary>
/// <param name="Outcome">ok, warning, error, or unknown for what could not be looked at.</param>
/// <param name="Remedy">What to do; null when it is ok.</param>
internal sealed record CheckShape(string Name, string Outcome, string Detail, string? Remedy)
{
    public static CheckShape Ok(string name, string detail) => new(name, "ok", detail, null);

    public static CheckShape Warning(string name, string detail, string remedy) => new(name, "warning", detail, remedy);

    public static CheckShape Unknown(string name, string detail, string remedy) => new(name, "unknown", detail, remedy);

    public static CheckShape Error(string name, string detail, string remedy) => new(name, "error", detail, remedy);
}
