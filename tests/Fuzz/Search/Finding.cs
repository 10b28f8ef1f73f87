using System.Globalization;
using System.Text;
using Jobs.Core;

namespace Jobs.Tests.Fuzz.Search;

/// <summary>An input that did not end as it has to.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Number">Its number, counted from the campaign's first: made of it, and made again by it.</param>
/// <param name="Why">How it ended.</param>
internal sealed record Finding(string Target, ulong Number, byte[] Input, string Why)
{
    private const int MaxShown = 2_000;
    private const int MaxKind = 120;

    /// <summary>The same for those of one cause: where it was thrown, or the beginning of a sentence.</summary>
    public string Kind =>
        Why.Split('\n').FirstOrDefault(line => line.Contains("at Jobs.", StringComparison.Ordinal)
            || line.Contains("at Lapstack.", StringComparison.Ordinal)) is { } place
            ? place.Trim()
            : Excerpt.Of(Why, MaxKind);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target}, input {Number} ({Input.Length} bytes): {Excerpt.Of(Why, MaxShown)}\n{Excerpt.Of(Encoding.UTF8.GetString(Input), MaxShown)}");
}
