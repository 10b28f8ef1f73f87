namespace Lapstack.Services.Ssm;

/// <param name="Versions">The newest hundred, oldest first; never empty.</param>
/// <param name="Given">The value that the template or the user's secrets gave at a start; null when neither
/// did.</param>
internal sealed record Parameter(string Name, IReadOnlyList<ParameterVersion> Versions, string? Given)
{
    public ParameterVersion Current => Versions[^1];

    // A record prints its members; this one must not print a value.
    public override string ToString() => Name;
}
