namespace Lapstack.Patterns;

/// <summary>One way to satisfy a pattern once every `$or` is decided: all these fields together.</summary>
internal sealed class PatternBranch
{
    // Sorted, as the service does it: an absence is judged beside the array elements that earlier names have settled
    // on.
    private readonly SortedDictionary<string, IReadOnlyList<FieldMatcher>> _fields = new(StringComparer.Ordinal);

    public PatternBranch Copy()
    {
        var copy = new PatternBranch();
        foreach (var (name, alternatives) in _fields) copy._fields[name] = alternatives;
        return copy;
    }

    /// <summary>A name given twice counts once, and the later one counts.</summary>
    public void Require(string name, IReadOnlyList<FieldMatcher> alternatives) => _fields[name] = alternatives;

    public bool Matches(EventFields @event)
    {
        // All the ways to settle on array elements that satisfy the fields so far: never more than the event has
        // elements.
        HashSet<ArrayPlaces> settled = [ArrayPlaces.None];
        foreach (var (name, alternatives) in _fields)
        {
            settled = settled.SelectMany(places => Settle(places, @event.Named(name), alternatives)).ToHashSet();
            if (settled.Count == 0) return false;
        }
        return true;
    }

    private static IEnumerable<ArrayPlaces> Settle(
        ArrayPlaces places, IReadOnlyList<EventField> fields, IReadOnlyList<FieldMatcher> alternatives)
    {
        var absent = true;
        foreach (var field in fields)
        {
            if (places.With(field.Places) is not { } together) continue;
            absent = false;
            if (alternatives.Any(alternative => alternative.Matches(field.Value))) yield return together;
        }
        if (absent && alternatives.Any(alternative => alternative.WantsAbsence)) yield return places;
    }
}
