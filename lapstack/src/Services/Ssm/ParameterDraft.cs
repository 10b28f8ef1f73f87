namespace Lapstack.Services.Ssm;

/// <summary>What a put says; null is as it was before.</summary>
internal sealed record ParameterDraft(string? Type, string Value)
{
    public string? Description { get; init; }

    public string? AllowedPattern { get; init; }

    public string? Tier { get; init; }

    public string? KeyId { get; init; }

    // A record prints its members; this one must not print its value.
    public override string ToString() => $"{Type}";
}
