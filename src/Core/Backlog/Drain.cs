using System.Globalization;
using Jobs.Core.Ids;

namespace Jobs.Core.Backlog;

/// <summary>Names a run that drains a job's queue.</summary>
/// <param name="Generation">The decision that asked for it.</param>
/// <param name="Ordinal">Its number among those of the decision, from 0.</param>
public readonly record struct Drain(long Generation, int Ordinal)
{
    /// <exception cref="FormatException">The text is not a drain's.</exception>
    public static Drain Parse(string text) => text.Split('/') is [var generation, var ordinal]
        ? new(long.Parse(generation, CultureInfo.InvariantCulture), int.Parse(ordinal, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{text}' is not <generation>/<ordinal>.");

    /// <summary>The same run whichever process submits it.</summary>
    public RunId RunOf(string job) =>
        RunId.From(
            job,
            "queue",
            Generation.ToString(CultureInfo.InvariantCulture),
            Ordinal.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generation}/{Ordinal}");
}
