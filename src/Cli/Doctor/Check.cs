namespace Jobs.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Remedy">What to do; null when it is ok.</param>
internal sealed record Check(string Name, Outcome Outcome, string Detail, string? Remedy)
{
    public static Check Ok(string name, string detail) => new(name, Outcome.Ok, detail, null);

    public static Check Warning(string name, string detail, string remedy) =>
        new(name, Outcome.Warning, detail, remedy);

    public static Check Unknown(string name, string detail, string remedy) =>
        new(name, Outcome.Unknown, detail, remedy);

    public static Check Error(string name, string detail, string remedy) => new(name, Outcome.Error, detail, remedy);
}

internal enum Outcome
{
    Ok,
    Warning,

    /// <summary>It is broken.</summary>
    Error,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}
