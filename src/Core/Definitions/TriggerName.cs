namespace Jobs.Core.Definitions;

/// <summary>Names of triggers that were given none.</summary>
internal static class TriggerName
{
    /// <summary>Letters and digits of a text in lower case, with a hyphen where there was anything else.</summary>
    public static string From(string text) => string.Join(
        '-', new string([.. text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
