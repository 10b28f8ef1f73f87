using System.Text;

namespace Jobs.Infra.Ground;

/// <summary>
/// Literal text inside IAM patterns: <c>*</c>, <c>?</c> and <c>$</c> stand for themselves.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
/// </summary>
internal static class IamPattern
{
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
}
