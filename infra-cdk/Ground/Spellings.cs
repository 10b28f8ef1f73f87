namespace Jobs.Infra.Ground;

/// <summary>A text in upper and lower case, for pattern languages that know one case only.</summary>
internal static class Spellings
{
    /// <summary>More would not fit into a rule or a policy: five letters.</summary>
    private const int Most = 32;

    /// <summary>The text in every mixture of cases; null when there are more than 32.</summary>
    public static IReadOnlyList<string>? Of(string text)
    {
        IReadOnlyList<string> spellings = [""];
        foreach (var character in text)
        {
            char[] cases = [.. new[] { char.ToLowerInvariant(character), char.ToUpperInvariant(character) }.Distinct()];
            spellings = [.. spellings.SelectMany(begun => cases.Select(one => begun + one))];
            if (spellings.Count > Most) return null;
        }

        return spellings;
    }
}
