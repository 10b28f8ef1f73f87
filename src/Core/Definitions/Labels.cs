using System.Text.RegularExpressions;

namespace Jobs.Core.Definitions;

/// <summary>
/// What a run is called so that it is found again: <c>team=billing</c>. Its sender, its job's declaration and its job's
/// code give labels. A run has at most five, of 200 characters in all, so that its item stays small.
/// </summary>
public static partial class Labels
{
    public const int MaxCount = 5;

    /// <summary>Characters of all labels of a run together.</summary>
    public const int MaxLength = 200;

    /// <summary>The rule, for people.</summary>
    public const string Rule = "a label is name=value: a name of 1 to 32 of a-z, 0-9, '.' and '-', and a value of 1 " +
        "to 64 printable characters";

    /// <summary>Whether it is a label as the rule says.</summary>
    public static bool IsLabel(string text) => Pattern().IsMatch(text);

    /// <summary>What stands before the sign.</summary>
    public static string NameOf(string label) => label.Split('=')[0];

    /// <summary>Whether so many, and so long ones, may be on one run.</summary>
    public static bool Fit(IReadOnlyCollection<string> labels) =>
        labels.Count <= MaxCount && labels.Sum(label => label.Length) <= MaxLength;

    /// <summary>
    /// The first ones, and of the others those with other names, as far as all of them fit; in order.
    /// </summary>
    /// <param name="first">They fit.</param>
    public static IReadOnlyList<string> Join(IReadOnlyCollection<string> first, IEnumerable<string> others)
    {
        var joined = first.ToList();
        foreach (var label in others.Where(other => first.All(one => NameOf(one) != NameOf(other))))
        {
            if (Fit([.. joined, label])) joined.Add(label);
        }

        return [.. joined.OrderBy(label => label, StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^[a-z0-9.-]{1,32}=[^\p{C}]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
