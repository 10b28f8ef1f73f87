namespace Jobs.Core.Alerts;

/// <summary>
/// What the messages of one error have in common: their plain words. Names, numbers, quotations and paths differ from
/// run to run, and each run of a storm would be a cause of its own.
/// </summary>
public static class ErrorWords
{
    private const string Other = "…";

    /// <summary>More words than these tell no further errors apart.</summary>
    private const int MaxWords = 12;

    /// <summary>The first sentence, with <c>…</c> for all that is no plain word.</summary>
    public static string Of(string message)
    {
        var words = new List<string>();
        char? quotation = null;
        foreach (var word in FirstLine(message).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (words.Count == MaxWords) break;
            var isPlain = quotation is null && IsPlain(word, isFirst: words.Count == 0);
            quotation = QuotationAfter(word, quotation);
            if (isPlain) words.Add(word.TrimEnd('.', ',', ':', ';', '!', '?'));
            else if (words.Count == 0 || words[^1] != Other) words.Add(Other);
            if (quotation is null && words.Count > 1 && word.EndsWith('.')) break;
        }

        return string.Join(' ', words);
    }

    // A line that begins with white space goes on with the message; what comes after the first is detail.
    private static string FirstLine(string message) => message.TrimStart().Split('\n', '\r')[0];

    /// <summary>Lower-case letters: capital letters begin names, but for the first word.</summary>
    private static bool IsPlain(string word, bool isFirst)
    {
        var letters = word.TrimEnd('.', ',', ':', ';', '!', '?');
        return letters.Length > 0
            && letters.All(letter => char.IsLetter(letter) || letter is '-' or '\'')
            && char.IsLetter(letters[0])
            && letters.Skip(isFirst ? 1 : 0).All(letter => !char.IsUpper(letter));
    }

    /// <summary>
    /// The quotation mark that is still open behind the word; an apostrophe within a word opens none.
    /// </summary>
    private static char? QuotationAfter(string word, char? open)
    {
        foreach (var (index, letter) in word.Index())
        {
            if (open is { } mark)
            {
                if (letter == mark) open = null;
            }
            else if (letter is '"' or '`' || (letter is '\'' && (index == 0 || !char.IsLetter(word[index - 1]))))
            {
                open = letter;
            }
        }

        return open;
    }
}
