using System.Text.Json.Nodes;
using System.Xml.Linq;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// A bucket's lifecycle as the template has it, in the words of S3's API. On a laptop nothing of it happens.
/// </summary>
internal static class Lifecycle
{
    /// <exception cref="ServiceError">NoSuchLifecycleConfiguration, or 501 with the member that is not
    /// told.</exception>
    public static IEnumerable<XElement> Rules(Bucket bucket)
    {
        var rules = (bucket.Settings.Declared["LifecycleConfiguration"]?["Rules"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .ToList();
        if (rules.Count == 0)
        {
            throw new ServiceError("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", 404);
        }

        return [.. rules.Select(Rule)];
    }

    private static XElement Rule(JsonObject rule)
    {
        var told = new XElement(
            "Rule",
            Text("ID", rule["Id"]),
            new XElement("Filter", new XElement("Prefix", rule["Prefix"]?.ToString() ?? "")),
            Text("Status", rule["Status"]));
        foreach (var (name, value) in rule.Where(member => member.Key is not ("Id" or "Prefix" or "Status")))
        {
            told.Add(Member(name, value));
        }

        return told;
    }

    private static XElement Member(string name, JsonNode? value) => name switch
    {
        "ExpirationInDays" => new("Expiration", Text("Days", value)),
        "ExpirationDate" => new("Expiration", Text("Date", value)),
        "ExpiredObjectDeleteMarker" => new("Expiration", Text(name, value)),
        "NoncurrentVersionExpirationInDays" => new("NoncurrentVersionExpiration", Text("NoncurrentDays", value)),
        "NoncurrentVersionExpiration" =>
            new(
                name,
                Text("NewerNoncurrentVersions", value!["NewerNoncurrentVersions"]),
                Text("NoncurrentDays", value["NoncurrentDays"])),
        "AbortIncompleteMultipartUpload" => new(name, Text("DaysAfterInitiation", value!["DaysAfterInitiation"])),
        _ => throw ServiceError.Unsupported("s3", $"GetBucketLifecycleConfiguration of a rule with {name}"),
    };

    private static XElement? Text(string name, JsonNode? value) =>
        value is null ? null : new XElement(name, value.ToString());
}
