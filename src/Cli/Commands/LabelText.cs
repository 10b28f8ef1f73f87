using Jobs.Cli.Ground;
using Jobs.Core.Definitions;

namespace Jobs.Cli.Commands;

/// <summary>Labels as they are typed.</summary>
internal static class LabelText
{
    /// <exception cref="CliException">One is no label, or they are too many for a run.</exception>
    public static IReadOnlyList<string> Parse(IReadOnlyCollection<string> typed)
    {
        var labels = typed.Select(Parse).Distinct().Order(StringComparer.Ordinal).ToList();
        return Labels.Fit(labels) ? labels : throw CliException.Usage(
            $"A run has at most {Labels.MaxCount} labels, of {Labels.MaxLength} characters in all. Leave some out.");
    }

    /// <exception cref="CliException">It is no label.</exception>
    public static string Parse(string typed) => Labels.IsLabel(typed) ? typed : throw CliException.Usage(
        $"--label '{typed}' is none: {Labels.Rule}. Example: --label team=billing");
}
