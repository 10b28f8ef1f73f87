namespace Lapstack.Services.SecretsManager;

/// <param name="Arn">With its six characters, which a secret keeps.</param>
internal sealed record Secret(string Name, string Arn, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    public string? Description { get; init; }

    public string? KmsKeyId { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>When it goes for good; null for one that stays.</summary>
    public DateTimeOffset? GoesAt { get; init; }

    /// <summary>When its deletion was asked for; null for one that stays.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SecretVersion> Versions { get; init; } = [];

    /// <summary>What the template or the user's secrets gave at a start, as a digest; null when neither did.</summary>
    public string? Given { get; init; }

    public SecretVersion? Current => Labelled(SecretStages.Current);

    public SecretVersion? Find(string versionId) => Versions.FirstOrDefault(one => one.Id == versionId);

    public SecretVersion? Labelled(string stage) => Versions.FirstOrDefault(one => one.Has(stage));

    // A record prints its members; this one must not print a value.
    public override string ToString() => Name;
}
