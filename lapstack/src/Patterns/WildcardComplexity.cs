namespace Lapstack.Patterns;

/// <summary>
/// How hard a wildcard is to match: at how many places of it a value can be at once, in the worst case. Wildcards that
/// are followed by the same characters again and again make many. EventBridge refuses too many without publishing the
/// limit; it is recorded to refuse `*:*:*:*:*:event-bus/*` (10 places) and to accept
/// `/Users/*/dir/dir/dir/dir/dir/doc.txt` (6).
/// </summary>
internal static class WildcardComplexity
{
    private const int MostPlaces = 9;

    /// <summary>
    /// The search is over when it has seen so many situations; a pattern that needs more is given the benefit of the
    /// doubt.
    /// </summary>
    private const int MostSituations = 2000;

    private const char Star = '\uFFFF';
    private const char AnyOther = '\0';

    /// <param name="pieces">The texts between the wildcards.</param>
    public static bool IsTooMuch(IEnumerable<string> pieces)
    {
        var pattern = string.Join(Star, pieces);
        var alphabet = pattern.Where(c => c != Star).Append(AnyOther).Distinct().ToList();
        var start = new HashSet<(int, bool)> { (0, false) };
        var seen = new HashSet<HashSet<(int, bool)>>(HashSet<(int, bool)>.CreateSetComparer()) { start };
        var open = new Queue<HashSet<(int, bool)>>([start]);
        while (open.TryDequeue(out var places) && seen.Count < MostSituations)
        {
            foreach (var next in alphabet.Select(c => Step(pattern, places, c)).Where(seen.Add))
            {
                if (next.Count > MostPlaces) return true;
                open.Enqueue(next);
            }
        }
        return false;
    }

    /// <summary>
    /// The places after one more character. A place is how much of the pattern is matched, and whether a wildcard is
    /// swallowing there.
    /// </summary>
    private static HashSet<(int Matched, bool Swallows)> Step(
        string pattern, HashSet<(int Matched, bool Swallows)> places, char read)
    {
        HashSet<(int, bool)> next = [];
        foreach (var (matched, _) in places)
        {
            var isStar = matched < pattern.Length && pattern[matched] == Star;
            if (isStar) next.Add((matched, true));
            var literal = isStar ? matched + 1 : matched;
            if (literal < pattern.Length && pattern[literal] == read) next.Add((literal + 1, false));
        }
        return next;
    }
}
