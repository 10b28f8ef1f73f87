using Jobs.Cli.Doctor;
using Jobs.Cli.Ground;
using Jobs.Core;

namespace Jobs.Cli.Reading;

/// <summary>Names of jobs as people type them.</summary>
internal static class JobNames
{
    /// <returns>The name.</returns>
    /// <exception cref="CliException">There is no such job; the message has the nearest.</exception>
    public static string Check(string name, IReadOnlyCollection<string> known, CommandLines lines)
    {
        if (known.Contains(name)) return name;
        if (known.Count == 0)
        {
            throw CliException.Failed(
                $"There is no job '{name}', nor any other yet: a stack registers its jobs within a minute of its " +
                $"start. Look again soon: {lines.List()}");
        }

        var meant = Spelling.Suggestion(name, known);
        throw CliException.Failed($"There is no job '{name}'{meant} There are: {string.Join(", ", known)}.");
    }
}
