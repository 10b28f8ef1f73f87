using System.Runtime.InteropServices;
using System.Text;
using Jobs.Core;

namespace Jobs.Worker.Csv;

/// <summary>
/// Counts a column's different values, exactly up to a bound; above it, it forgets them and says "more than".
/// </summary>
/// <param name="bound">Different values that are remembered.</param>
internal sealed class ValueCounts(int bound)
{
    public const int MostDistinct = 1_000;

    /// <summary>
    /// Values remembered for all columns of a table, so that a table of a thousand columns fits in memory too.
    /// </summary>
    public const int MostInAll = 100_000;

    private const int MostForTop = 50;

    private const int Top5 = 5;

    private const int LongestShown = 80;

    /// <summary>Bytes of a value that is remembered; what is longer is prose, and counting it means little.</summary>
    private const int LongestCounted = 256;

    private Dictionary<byte[], long>? _counts = new(Utf8Comparer.Instance);
    private int _reached;

    public string Distinct => _counts is null ? $"more than {_reached}" : $"{_counts.Count}";

    public void Add(ReadOnlySpan<byte> value)
    {
        if (_counts is null) return;
        var lookup = _counts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (value.Length <= LongestCounted && (_counts.Count < bound || lookup.ContainsKey(value)))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(lookup, value, out _)++;
            return;
        }

        (_reached, _counts) = (_counts.Count, null);
    }

    /// <summary>
    /// The most frequent values, the first to appear first among equals; null when there are too many to mean anything.
    /// </summary>
    public IReadOnlyList<ValueCount>? Top() => _counts is { Count: > 0 and <= MostForTop }
        ? [.. _counts.OrderByDescending(one => one.Value)
            .Take(Top5)
            .Select(one => new ValueCount(Excerpt.Of(Encoding.UTF8.GetString(one.Key), LongestShown), one.Value))]
        : null;

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>,
        IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
