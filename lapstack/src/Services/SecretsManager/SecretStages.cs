namespace Lapstack.Services.SecretsManager;

/// <summary>
/// How labels move between versions.
/// https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
/// </summary>
internal static class SecretStages
{
    public const string Current = "AWSCURRENT";
    public const string Previous = "AWSPREVIOUS";

    /// <summary>How many versions a secret keeps; those without a label go first.</summary>
    private const int Kept = 100;

    /// <summary>Adds a version. The first of a secret is the current one, whatever is asked.</summary>
    public static Secret Add(this Secret secret, SecretVersion version)
    {
        var stages = secret.Current is null ? version.Stages.Append(Current).Distinct() : version.Stages;
        var added = secret with { Versions = [.. Room(secret.Versions), version with { Stages = [] }] };
        return stages.Aggregate(added, (moving, stage) => moving.Move(stage, version.Id));
    }

    /// <summary>
    /// Moves a label to a version, or takes it away. The version that was current becomes the previous one.
    /// </summary>
    /// <param name="to">Null for no version.</param>
    public static Secret Move(this Secret secret, string stage, string? to)
    {
        var old = secret.Labelled(stage);
        var moved = secret with { Versions = [.. secret.Versions.Select(one => With(one, stage, one.Id == to))] };
        return stage == Current && old is not null && old.Id != to ? moved.Move(Previous, old.Id) : moved;
    }

    private static SecretVersion With(SecretVersion version, string stage, bool has) =>
        version.Has(stage) == has
            ? version
            : version with
            {
                Stages = has ? [.. version.Stages, stage] : [.. version.Stages.Where(one => one != stage)],
            };

    private static IEnumerable<SecretVersion> Room(IReadOnlyList<SecretVersion> versions)
    {
        var surplus = versions.Where(one => one.Stages.Count == 0).Take(Math.Max(0, versions.Count + 1 - Kept));
        return versions.Except([.. surplus]);
    }
}
