namespace Jobs.Core;

/// <summary>Finds the known name that is closest to a misspelled one.</summary>
public static class Spelling
{
    /// <summary>
    /// The name that is the fewest edits away; null when even that differs in half its letters or more.
    /// </summary>
    public static string? Nearest(string meant, IEnumerable<string> names)
    {
        var best = names.Select(name => (Name: name, Edits: Edits(meant, name)))
            .DefaultIfEmpty()
            .MinBy(one => one.Edits);
        return best.Name is { } name && best.Edits * 2 < Math.Max(meant.Length, name.Length) ? name : null;
    }

    /// <summary>
    /// The end of a sentence about a name that is not known: <c>; did you mean 'runs'?</c>, or only its full stop.
    /// </summary>
    public static string Suggestion(string meant, IEnumerable<string> names) =>
        Nearest(meant, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var substitute = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
