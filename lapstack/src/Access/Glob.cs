using System.Text;
using System.Text.RegularExpressions;

namespace Lapstack.Access;

/// <summary>IAM's wildcards: <c>*</c> for any text, <c>?</c> for one character.</summary>
internal static class Glob
{
    /// <summary>
    /// Stands for a literal <c>*</c> or <c>?</c> that came from a variable's value; see <see cref="PolicyVariables"/>.
    /// </summary>
    internal const char LiteralStar = '\uE000';
    internal const char LiteralQuestion = '\uE001';
    internal const char LiteralDollar = '\uE002';

    public static bool Matches(string pattern, string text, bool ignoreCase = false)
    {
        if (pattern == "*") return true;
        var regex = new StringBuilder();
        foreach (var c in pattern) regex.Append(c switch { '*' => ".*", '?' => ".", _ => Literal(c) });
        return IsMatch(regex, text, ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
    }

    /// <summary>
    /// For the Resource element: in the first five segments of an ARN a star ends at the colon, unless it is the
    /// segment's last character.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    /// </summary>
    public static bool MatchesArn(string pattern, string arn)
    {
        if (pattern == "*") return true;
        var regex = new StringBuilder();
        var segment = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == ':') segment++;
            var spans = segment >= 5 || i + 1 == pattern.Length || pattern[i + 1] == ':';
            regex.Append(
                c switch { '*' => spans ? ".*" : "[^:]*", '?' => segment >= 5 ? "." : "[^:]", _ => Literal(c) });
        }

        return IsMatch(regex, arn, RegexOptions.None);
    }

    /// <summary>For ArnEquals and ArnLike: each of the six segments is compared by itself.</summary>
    public static bool MatchesArnSegments(string pattern, string arn)
    {
        var patterns = pattern.Split(':', 6);
        var segments = arn.Split(':', 6);
        return patterns.Length == segments.Length
            && patterns.Zip(segments).All(pair => Matches(pair.First, pair.Second));
    }

    /// <summary>The text with protected characters as themselves, for operators without wildcards.</summary>
    public static string Plain(string pattern) =>
        pattern.Replace(LiteralStar, '*').Replace(LiteralQuestion, '?').Replace(LiteralDollar, '$');

    private static string Literal(char c) => Regex.Escape(Plain(c.ToString()));

    // NonBacktracking: the patterns come from templates, and time must stay linear in the key's length.
    private static bool IsMatch(StringBuilder regex, string text, RegexOptions options) =>
        Regex.IsMatch(
            text,
            $"^{regex}\\z",
            options | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
