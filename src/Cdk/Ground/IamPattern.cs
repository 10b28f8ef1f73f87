using System.Text;

namespace Jobs.Cdk.Ground;

/// <summary>
/// Literal text inside IAM patterns: <c>*</c>, <c>?</c> and <c>$</c> stand for themselves.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
/// </summary>
internal static class IamPattern
{
    /// <summary>More would not fit into a policy: five letters.</summary>
    private const int MostSpellings = 32;

    public static string Literal(string text)
    {
        var pattern = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '*' or '?' or '$') pattern.Append("${").Append(c).Append('}');
            else pattern.Append(c);
        }

        return pattern.ToString();
    }

    /// <summary>
    /// Patterns of the text in any case, which IAM tells apart: each spelling, or a ? for each letter of a long text.
    /// </summary>
    public static IEnumerable<string> AnyCase(string text) =>
        Spellings(text)?.Select(Literal)
            ?? [string.Concat(text.Select(one => char.IsLetter(one) ? "?" : Literal(one.ToString())))];

    /// <summary>The text in every mixture of cases; null when there are too many.</summary>
    private static IReadOnlyList<string>? Spellings(string text)
    {
        IReadOnlyList<string> spellings = [""];
        foreach (var character in text)
        {
            char[] cases = [.. new[] { char.ToLowerInvariant(character), char.ToUpperInvariant(character) }.Distinct()];
            spellings = [.. spellings.SelectMany(begun => cases.Select(one => begun + one))];
            if (spellings.Count > MostSpellings) return null;
        }

        return spellings;
    }
}
