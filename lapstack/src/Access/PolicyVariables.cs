using System.Text.RegularExpressions;

namespace Lapstack.Access;

/// <summary>
/// Policy variables. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
/// </summary>
internal static partial class PolicyVariables
{
    /// <summary>
    /// The text with every <c>${key}</c> replaced; null when a key has no value and no default, and then nothing
    /// matches it. Wildcards inside a value are plain characters.
    /// </summary>
    public static string? Expand(string text, RequestContext context, bool enabled)
    {
        if (!enabled || !text.Contains("${", StringComparison.Ordinal)) return text;
        var known = true;
        var expanded = Variable().Replace(text, match =>
        {
            switch (match.Groups["key"].Value)
            {
                case "*": return Glob.LiteralStar.ToString();
                case "?": return Glob.LiteralQuestion.ToString();
                case "$": return Glob.LiteralDollar.ToString();
            }

            // Only a key with one value can stand in text.
            if (context[match.Groups["key"].Value] is [var value]) return Protect(value);
            if (match.Groups["default"].Success) return Protect(match.Groups["default"].Value);
            known = false;
            return "";
        });
        return known ? expanded : null;
    }

    private static string Protect(string value) =>
        value.Replace('*', Glob.LiteralStar).Replace('?', Glob.LiteralQuestion).Replace('$', Glob.LiteralDollar);

    [GeneratedRegex(@"\$\{(?<key>[^},]+?)\s*(,\s*'(?<default>[^']*)')?\}")]
    private static partial Regex Variable();
}
