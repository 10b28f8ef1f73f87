using System.Text.RegularExpressions;

namespace Jobs.Core.Definitions;

/// <summary>What S3 takes for the name of a bucket, and how the stack tells the functions of its own names.</summary>
public static partial class BucketNames
{
    public const string Rule =
        "the name of a bucket has 3 to 63 lower-case letters, digits, hyphens and dots, and begins and ends with a " +
        "letter or digit";

    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];

    private static readonly string[] ReservedSuffixes = ["-s3alias", "--ola-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</summary>
    public static bool IsName(string name) =>
        name.Length is >= 3 and <= 63
        && Form().IsMatch(name)
        && !Address().IsMatch(name)
        && !ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        && !ReservedSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>The bucket that an address names, <c>s3://raw/in/</c> or an ARN; null when the text is none.</summary>
    public static string? FromAddress(string text) =>
        S3Address().Match(text) is { Success: true } match ? match.Groups["bucket"].Value : null;

    /// <summary>What <see cref="Parse"/> reads: <c>raw=acme-raw,…</c></summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> names) =>
        string.Join(',', names.Select(name => $"{name.Key}={name.Value}"));

    /// <param name="text">Null for none.</param>
    public static IReadOnlyDictionary<string, string> Parse(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]|\.(?!\.))*[a-z0-9]\z")]
    private static partial Regex Form();

    /// <summary>No bucket is called as an address of the network.</summary>
    [GeneratedRegex(@"^\d+\.\d+\.\d+\.\d+\z")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(s3://|arn:[^:]+:s3:::)(?<bucket>[^/]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex S3Address();
}
