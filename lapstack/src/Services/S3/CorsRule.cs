using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Lapstack.Access;

namespace Lapstack.Services.S3;

/// <summary>
/// Which pages of other sites a browser may let use the bucket.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
/// </summary>
internal sealed record CorsRule(
    string? Id,
    IReadOnlyList<string> Origins,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> AllowedHeaders,
    IReadOnlyList<string> ExposedHeaders,
    string? MaxAge)
{
    /// <summary>In the order in which they are tried.</summary>
    public static IReadOnlyList<CorsRule> Of(Bucket bucket) =>
        [.. (bucket.Settings.Declared["CorsConfiguration"]?["CorsRules"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Select(Read)];

    /// <param name="headers">Those that a preflight asks for.</param>
    public bool Allows(string origin, string method, IEnumerable<string> headers) =>
        Origins.Any(allowed => Glob.Matches(allowed, origin))
        && Methods.Contains(method)
        && headers.All(header => AllowedHeaders.Any(allowed => Glob.Matches(allowed, header, ignoreCase: true)));

    /// <summary>What the browser is told.</summary>
    /// <param name="headers">Those that a preflight asked for.</param>
    public IEnumerable<KeyValuePair<string, string>> Answer(string origin, IReadOnlyList<string> headers)
    {
        var any = Origins.Contains("*");
        yield return new("Access-Control-Allow-Origin", any ? "*" : origin);
        if (!any) yield return new("Access-Control-Allow-Credentials", "true");
        yield return new("Access-Control-Allow-Methods", string.Join(", ", Methods));
        if (headers.Count > 0) yield return new("Access-Control-Allow-Headers", string.Join(", ", headers));
        if (ExposedHeaders.Count > 0)
        {
            yield return new("Access-Control-Expose-Headers", string.Join(", ", ExposedHeaders));
        }

        if (MaxAge is not null) yield return new("Access-Control-Max-Age", MaxAge);
        yield return new("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    }

    public XElement Render() => new(
        "CORSRule",
        Id is null ? null : new XElement("ID", Id),
        Origins.Select(origin => new XElement("AllowedOrigin", origin)),
        Methods.Select(method => new XElement("AllowedMethod", method)),
        AllowedHeaders.Select(header => new XElement("AllowedHeader", header)),
        ExposedHeaders.Select(header => new XElement("ExposeHeader", header)),
        MaxAge is null ? null : new XElement("MaxAgeSeconds", MaxAge));

    private static CorsRule Read(JsonObject rule) => new(
        rule[nameof(Id)]?.ToString(),
        Texts(rule, "AllowedOrigins"),
        Texts(rule, "AllowedMethods"),
        Texts(rule, "AllowedHeaders"),
        Texts(rule, "ExposedHeaders"),
        rule[nameof(MaxAge)] is { } age
            ? int.Parse(age.ToString(), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : null);

    private static IReadOnlyList<string> Texts(JsonObject rule, string name) =>
        [.. (rule[name] as JsonArray ?? []).Select(text => text!.ToString())];
}
