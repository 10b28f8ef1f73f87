using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.SecretsManager;

/// <summary>Secrets as answers have them.</summary>
internal static class SecretText
{
    public static JsonObject Named(Secret secret) => new() { ["ARN"] = secret.Arn, ["Name"] = secret.Name };

    public static JsonObject Value(Secret secret, SecretVersion version)
    {
        var json = Named(secret);
        json["VersionId"] = version.Id;
        if (version.Text is { } text) json["SecretString"] = text;
        if (version.Binary is { } binary) json["SecretBinary"] = binary;
        json["VersionStages"] = Stages(version);
        json["CreatedDate"] = EpochTime.Seconds(version.CreatedAt);
        return json;
    }

    /// <param name="versions">What DescribeSecret and ListSecrets call the labels by version.</param>
    public static JsonObject Description(Secret secret, string versions)
    {
        var json = Named(secret);
        if (secret.Description is { } description) json["Description"] = description;
        if (secret.KmsKeyId is { } key) json["KmsKeyId"] = key;
        json["CreatedDate"] = EpochTime.Seconds(secret.CreatedAt);
        json["LastChangedDate"] = EpochTime.Seconds(secret.ChangedAt);
        if (secret.DeletedAt is { } deleted) json["DeletedDate"] = EpochTime.Seconds(deleted);
        json["Tags"] = new JsonArray(
            [.. secret.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);
        json[versions] = new JsonObject(
            secret.Versions.Where(one => one.Stages.Count > 0)
                .Select(one => KeyValuePair.Create(one.Id, (JsonNode?)Stages(one))));
        return json;
    }

    public static JsonObject Version(SecretVersion version) => new()
    {
        ["VersionId"] = version.Id,
        ["VersionStages"] = Stages(version),
        ["CreatedDate"] = EpochTime.Seconds(version.CreatedAt),
    };

    public static JsonArray Stages(SecretVersion version) => [.. version.Stages.Select(stage => (JsonNode)stage)];
}
