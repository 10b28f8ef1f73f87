using System.Text;

namespace Jobs.Cli.Import;

/// <summary>A command in one text, split as a POSIX shell would: Copilot does so too.</summary>
internal static class ShellWords
{
    /// <returns>Null when a quote is not closed.</returns>
    public static IReadOnlyList<string>? Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isWord) = ('\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i];
            if (quote == '\0' && char.IsWhiteSpace(next))
            {
                if (isWord) words.Add(word.ToString());
                word.Clear();
                isWord = false;
                continue;
            }

            isWord = true;
            if (next == '\\' && quote != '\'' && i + 1 < text.Length && (quote == '\0' || text[i + 1] is '"' or '\\'))
            {
                word.Append(text[++i]);
            }
            else if (quote == '\0' && next is '"' or '\'') quote = next;
            else if (quote != '\0' && next == quote) quote = '\0';
            else word.Append(next);
        }

        if (isWord) words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }
}
