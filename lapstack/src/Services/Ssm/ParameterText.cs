using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.Ssm;

/// <summary>Parameters as answers have them.</summary>
internal sealed class ParameterText(Account account)
{
    public string Arn(string name) => account.Arn("ssm", $"parameter/{name.TrimStart('/')}");

    public JsonObject Value(string name, ParameterVersion version, bool decrypted, string? selector = null)
    {
        var json = new JsonObject
        {
            ["Name"] = name,
            ["Type"] = version.Type,
            ["Value"] = Shown(name, version, decrypted),
            ["Version"] = version.Version,
            ["LastModifiedDate"] = EpochTime.Seconds(version.At),
            ["ARN"] = Arn(name),
            ["DataType"] = "text",
        };
        if (selector is not null) json["Selector"] = selector;
        return json;
    }

    public JsonObject Description(Parameter parameter)
    {
        var json = About(parameter.Name, parameter.Current);
        json["ARN"] = Arn(parameter.Name);
        return json;
    }

    public static JsonObject History(string name, ParameterVersion version, bool decrypted)
    {
        var json = About(name, version);
        json["Value"] = Shown(name, version, decrypted);
        json["Labels"] = new JsonArray();
        return json;
    }

    private static JsonObject About(string name, ParameterVersion version)
    {
        var json = new JsonObject
        {
            ["Name"] = name,
            ["Type"] = version.Type,
            ["LastModifiedDate"] = EpochTime.Seconds(version.At),
            ["LastModifiedUser"] = version.By,
            ["Version"] = version.Version,
            ["Tier"] = version.Tier,
            ["Policies"] = new JsonArray(),
            ["DataType"] = "text",
        };
        if (version.KeyId is { } key) json["KeyId"] = key;
        if (version.Description is { } description) json["Description"] = description;
        if (version.AllowedPattern is { } pattern) json["AllowedPattern"] = pattern;
        return json;
    }

    private static string Shown(string name, ParameterVersion version, bool decrypted) =>
        version.Type != ParameterRules.Secure || decrypted ? version.Value : Closed(name, version);

    /// <summary>What stands for a value that was not asked to be decrypted. Nothing of the value is in it.</summary>
    private static string Closed(string name, ParameterVersion version) => "AQICAH" + Convert.ToBase64String(
        SHA512.HashData(Encoding.UTF8.GetBytes($"{name}:{version.Version}")));
}
