using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>
/// What the signer of a form lets it upload.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
/// </summary>
internal sealed class PostPolicy
{
    /// <summary>Fields that need no condition.</summary>
    private static readonly string[] Free = ["policy", "x-amz-signature", "file", "awsaccesskeyid", "signature"];

    private readonly JsonObject _policy;

    /// <param name="encoded">Base64 of JSON.</param>
    public PostPolicy(string encoded)
    {
        try
        {
            _policy = ForeignJson.Object(Convert.FromBase64String(encoded)) ?? throw new FormatException();
        }
        catch (FormatException)
        {
            throw new ServiceError("InvalidPolicyDocument", "Invalid Policy: Invalid JSON.");
        }
    }

    /// <summary>The size the file may have, in bytes.</summary>
    public (long Least, long Most) Size { get; private set; } = (0, long.MaxValue);

    /// <param name="fields">Of the form, and its bucket.</param>
    /// <exception cref="ServiceError">AccessDenied: the form is not as the policy says, or the policy's time has
    /// passed.</exception>
    public void Check(IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(
            _policy["expiration"]?.ToString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var expiration))
            throw new ServiceError("InvalidPolicyDocument", "Invalid Policy: Invalid 'expiration' value.");
        if (expiration < now) throw Denied("Policy expired.");
        var covered = new HashSet<string>(Free, StringComparer.OrdinalIgnoreCase) { "bucket" };
        foreach (var condition in _policy["conditions"] as JsonArray ?? []) covered.Add(Check(condition, fields));
        var extra = fields.Keys.Where(
            name => !covered.Contains(name) && !name.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (extra.Count > 0) throw Denied($"Extra input fields: {string.Join(", ", extra)}");
    }

    /// <returns>The name of the field that it is about.</returns>
    private string Check(JsonNode? condition, IReadOnlyDictionary<string, string> fields)
    {
        switch (condition)
        {
            case JsonObject { Count: 1 } equal:
                Require(equal.First().Value?.ToString() == fields.GetValueOrDefault(equal.First().Key), condition);
                return equal.First().Key;
            case JsonArray and [{ } kind, { } least, { } most] when Is(kind, "content-length-range"):
                Size = (Number(least), Number(most));
                return "file";
            case JsonArray and [{ } kind, { } name, { } value] when name.ToString().StartsWith('$')
                && (Is(kind, "eq") || Is(kind, "starts-with")):
                var given = fields.GetValueOrDefault(name.ToString()[1..]);
                Require(
                    given is not null
                        && (Is(kind, "eq")
                            ? given == value.ToString()
                            : given.StartsWith(value.ToString(), StringComparison.Ordinal)),
                    condition);
                return name.ToString()[1..];
            default:
                throw new ServiceError(
                    "InvalidPolicyDocument", $"Invalid Policy: Invalid condition: {condition?.ToJsonString()}");
        }
    }

    private static bool Is(JsonNode kind, string name) =>
        kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase);

    private static long Number(JsonNode node) =>
        long.TryParse(node.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ServiceError("InvalidPolicyDocument", "Invalid Policy: Invalid 'content-length-range' value.");

    private static void Require(bool holds, JsonNode condition)
    {
        if (!holds) throw Denied($"Policy Condition failed: {condition.ToJsonString()}");
    }

    private static ServiceError Denied(string why) => new("AccessDenied", $"Invalid according to Policy: {why}", 403);
}
