using System.Text;

namespace Lapstack.Patterns;

/// <summary>
/// `*` stands for any number of characters, none included; `\*` and `\\` for themselves.
/// Two wildcards in a row, any other escape, and a pattern too complex for the service are refused.
/// </summary>
internal sealed class Wildcard
{
    // The texts between the wildcards; the first is anchored to the start, the last to the end.
    private readonly List<string> _pieces;

    private Wildcard(List<string> pieces) => _pieces = pieces;

    /// <exception cref="FormatException">The pattern breaks one of the rules above.</exception>
    public static Wildcard Parse(string pattern)
    {
        List<string> pieces = [];
        var piece = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            switch (pattern[i])
            {
                case '*' when next == '*':
                    throw new FormatException($"Consecutive wildcard characters at pos {i}");
                case '*':
                    pieces.Add(piece.ToString());
                    piece.Clear();
                    break;
                case '\\' when next is '*' or '\\':
                    piece.Append(next);
                    i++;
                    break;
                case '\\':
                    throw new FormatException($"Invalid escape character at pos {i}");
                default:
                    piece.Append(pattern[i]);
                    break;
            }
        }
        pieces.Add(piece.ToString());
        if (WildcardComplexity.IsTooMuch(pieces))
        {
            throw new FormatException("Rule is too complex - try using fewer wildcard characters or fewer repeating " +
                "character sequences "
                + "after a wildcard character");
        }
        return new Wildcard(pieces);
    }

    public bool Matches(string text)
    {
        var (first, last) = (_pieces[0], _pieces[^1]);
        if (_pieces.Count == 1) return text == first;
        if (text.Length < first.Length + last.Length) return false;
        if (!text.StartsWith(first, StringComparison.Ordinal) || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        // Taking each piece as early as possible leaves the most for the pieces after it.
        foreach (var piece in _pieces.Skip(1).SkipLast(1))
        {
            var at = rest.IndexOf(piece, StringComparison.Ordinal);
            if (at < 0) return false;
            rest = rest[(at + piece.Length)..];
        }
        return true;
    }
}
