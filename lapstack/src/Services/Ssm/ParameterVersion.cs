namespace Lapstack.Services.Ssm;

/// <summary>What a parameter was from one put to the next.</summary>
/// <param name="Version">From 1.</param>
/// <param name="By">The ARN of the caller who put it.</param>
/// <param name="KeyId">Of a SecureString; null otherwise.</param>
internal sealed record ParameterVersion(
    long Version,
    string Type,
    string Value,
    DateTimeOffset At,
    string By,
    string? Description,
    string? AllowedPattern,
    string Tier,
    string? KeyId)
{
    // A record prints its members; this one must not print its value.
    public override string ToString() => $"version {Version}";
}
