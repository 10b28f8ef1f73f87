using System.Globalization;
using Jobs.Core;
using Lapstack.Chaos;

namespace Jobs.Local.Commands;

/// <summary>Reads <c>spot=0.2,throttle=0.1</c>.</summary>
internal static class ChaosParser
{
    private static IEnumerable<string> Names => ChaosSwitch.All.Select(one => one.Name);

    /// <exception cref="FormatException">A switch is unknown or there twice, or its share is none. The message has the
    /// place and the remedy.</exception>
    public static ChaosOptions Parse(string text)
    {
        var chaos = new ChaosOptions();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, share) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right]
                ? (left, right)
                : (part, null);
            var known = ChaosSwitch.All.FirstOrDefault(one => one.Name == name)
                ?? throw new FormatException(Unknown(name));
            if (!seen.Add(name)) throw new FormatException($"Chaos has '{name}' twice. Give each switch one share.");
            chaos = known.Set(chaos, ShareOf(name, share));
        }

        return seen.Count > 0
            ? chaos
            : throw new FormatException(
                $"Chaos '{text}' has no switch. Write one or more, such as spot=0.2,throttle=0.1. There are: " +
                $"{string.Join(", ", Names)}.");
    }

    private static double ShareOf(string name, string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1
            ? share
            : throw new FormatException(
                $"Chaos '{name}' has {(text is null ? "no share" : $"the share '{text}'")}, but a share is a number " +
                $"from 0, never, to 1, always. Write {name}=0.1 for one in ten.");

    private static string Unknown(string name) =>
        $"Chaos has no switch '{name}'{Spelling.Suggestion(name, Names)} There are: {string.Join(", ", Names)}.";
}
