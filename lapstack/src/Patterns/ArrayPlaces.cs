namespace Lapstack.Patterns;

/// <summary>
/// In which element of which array of an event something stands. Fields that together satisfy a pattern must not stand
/// in different elements of one array: a pattern over {firstName, lastName} matches one employee, never a mixture of
/// two.
/// </summary>
internal sealed class ArrayPlaces : IEquatable<ArrayPlaces>
{
    public static readonly ArrayPlaces None = new([]);

    private readonly (int Array, int Element)[] _places;

    private ArrayPlaces((int Array, int Element)[] sortedByArray) => _places = sortedByArray;

    public ArrayPlaces In(int array, int element) => With(new ArrayPlaces([(array, element)]))!;

    /// <summary>Both places together, or null where they contradict each other.</summary>
    public ArrayPlaces? With(ArrayPlaces other)
    {
        if (other._places.Length == 0) return this;
        if (_places.Length == 0) return other;
        var merged = _places.Union(other._places).Order().ToArray();
        for (var i = 1; i < merged.Length; i++)
            if (merged[i].Array == merged[i - 1].Array) return null;
        return new ArrayPlaces(merged);
    }

    public bool Equals(ArrayPlaces? other) => other is not null && _places.AsSpan().SequenceEqual(other._places);

    public override bool Equals(object? obj) => Equals(obj as ArrayPlaces);

    public override int GetHashCode() =>
        _places.Aggregate(0, static (hash, place) => HashCode.Combine(hash, place.Array, place.Element));
}
