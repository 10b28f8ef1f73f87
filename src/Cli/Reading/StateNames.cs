using Jobs.Cli.Ground;
using Jobs.Core;
using Jobs.Core.Verdicts;

namespace Jobs.Cli.Reading;

/// <summary>States as people type them.</summary>
internal static class StateNames
{
    private const string Active = "active";

    public static IReadOnlyList<string> All { get; } =
    [
        Active, .. Enum.GetNames<RunState>().Select(name => name.ToLowerInvariant()),
    ];

    public static bool IsOver(RunState state) => state >= RunState.Succeeded;

    /// <param name="text">A name, in any case; null for any state.</param>
    /// <returns>Empty for any state.</returns>
    /// <exception cref="CliException">There is no such state; the message has the nearest.</exception>
    public static IReadOnlyCollection<RunState> Parse(string? text)
    {
        if (text is null) return [];
        var name = text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        if (name == Active) return [.. Enum.GetValues<RunState>().Where(state => !IsOver(state))];
        if (All.Contains(name) && Enum.TryParse<RunState>(name, ignoreCase: true, out var state)) return [state];
        var meant = Spelling.Suggestion(name, All);
        throw CliException.Usage($"--state '{text}' is not a state{meant} There are: {string.Join(", ", All)}.");
    }
}
