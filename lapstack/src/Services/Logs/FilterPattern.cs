using System.Text.RegularExpressions;
using Lapstack.Wire;

namespace Lapstack.Services.Logs;

/// <summary>
/// CloudWatch's filter patterns, all of them case-sensitive: words and "quoted phrases" that must all occur,
/// <c>-word</c> that must not, <c>?word</c> of which one must where no other is asked for, and <c>{ $.member = … }</c>
/// for lines of JSON. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
/// </summary>
internal sealed partial class FilterPattern
{
    private readonly Func<string, bool> _matches;

    /// <exception cref="ServiceError">InvalidParameterException, for space-delimited, regular and broken
    /// patterns.</exception>
    public FilterPattern(string? pattern)
    {
        var text = (pattern ?? "").Trim();
        _matches = text.StartsWith('{') ? new JsonFilter(text, Invalid).Matches : Words(text);
    }

    public bool Matches(string message) => _matches(message);

    private static Func<string, bool> Words(string pattern)
    {
        if (!Form().IsMatch(pattern)) throw Invalid(pattern);
        var terms = Term()
            .Matches(pattern)
            .Select(term => (Sign: term.Groups["sign"].Value, Text: term.Groups["phrase"].Success
            ? term.Groups["phrase"].Value.Replace("\\\"", "\"", StringComparison.Ordinal) : term.Groups["word"].Value))
                .ToLookup(term => term.Sign, term => term.Text);
        string[] all = [.. terms[""]], none = [.. terms["-"]], any = [.. terms["?"]];
        return message =>
            Array.TrueForAll(all, term => Occurs(term, message)) && !Array.Exists(none, term => Occurs(term, message))
            && (all.Length > 0 || any.Length == 0 || Array.Exists(any, term => Occurs(term, message)));
    }

    private static bool Occurs(string term, string message) => message.Contains(term, StringComparison.Ordinal);

    private static ServiceError Invalid(string pattern) => new(
        "InvalidParameterException",
        $"Invalid filter pattern: '{pattern}'. The local emulator knows words, \"quoted phrases\", -word, ?word and " +
        $"{{ $.member = value }}. Filter the output instead.");

    [GeneratedRegex("""^(?![\[%])(\s*[?\-]?("([^"\\]|\\.)*"|[^\s"?\-][^\s"]*))*\s*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("""(?<sign>[?\-]?)("(?<phrase>([^"\\]|\\.)*)"|(?<word>[^\s"?\-][^\s"]*))""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Term();
}
