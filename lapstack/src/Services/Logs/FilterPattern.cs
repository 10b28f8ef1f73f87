using Lapstack.Wire;

namespace Lapstack.Services.Logs;

/// <summary>
/// The unstructured part of CloudWatch's filter patterns: blank-separated terms and "quoted phrases" that must all occur, case-sensitive.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
/// </summary>
internal sealed class FilterPattern
{
    private readonly List<string> _terms = [];

    /// <exception cref="ServiceError">InvalidParameterException, for JSON, space-delimited, regular, optional and excluding patterns.</exception>
    public FilterPattern(string? pattern)
    {
        var rest = (pattern ?? "").Trim();
        while (rest.Length > 0)
        {
            if ("{[%?-".Contains(rest[0], StringComparison.Ordinal)) throw Unsupported(pattern!);
            var quoted = rest[0] == '"';
            var end = quoted ? rest.IndexOf('"', 1) : rest.IndexOf(' ', StringComparison.Ordinal);
            if (quoted && end < 0) throw Unsupported(pattern!);
            if (end < 0) end = rest.Length;
            _terms.Add(quoted ? rest[1..end] : rest[..end]);
            rest = rest[Math.Min(rest.Length, quoted ? end + 1 : end)..].TrimStart();
        }
    }

    public bool Matches(string message) => _terms.TrueForAll(term => message.Contains(term, StringComparison.Ordinal));

    private static ServiceError Unsupported(string pattern) => new(
        "InvalidParameterException",
        $"The filter pattern '{pattern}' is not one the local emulator knows: it knows words and \"quoted phrases\" that must all occur. Filter the output instead.");
}
