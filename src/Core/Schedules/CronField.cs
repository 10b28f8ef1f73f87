using System.Globalization;

namespace Jobs.Core.Schedules;

/// <summary>
/// One field of a cron expression: lists of values, ranges and steps between two limits. What is broken is thrown as
/// FormatException.
/// </summary>
internal sealed record CronField(string Name, int Least, int Most)
{
    /// <summary>Names of the values, from the least on.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public bool AllowsSteps { get; init; } = true;

    /// <summary>Whether a range may run over the end: 22-2 is 22, 23, 0, 1, 2.</summary>
    public bool Wraps { get; init; } = true;

    public SortedSet<int> Values(string field) => [.. field.Split(',').SelectMany(Term)];

    public int Value(string text)
    {
        var named = Names.ToList().IndexOf(text);
        if (named >= 0) return Least + named;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            var names = Names.Count == 0 ? "" : $" or {Names[0]} to {Names[^1]}";
            throw new FormatException(
                $"{Name} '{text}': it must be a number from {Least} to {Most}{names}, with , - " +
                $"*{(AllowsSteps ? " /" : "")}");
        }

        return value >= Least && value <= Most
            ? value
            : throw new FormatException($"{Name} {value}: it must be from {Least} to {Most}");
    }

    private IEnumerable<int> Term(string term)
    {
        var slash = term.IndexOf('/', StringComparison.Ordinal);
        var (from, to) = Range(slash < 0 ? term : term[..slash], isOpen: slash >= 0);
        var step = slash < 0 ? 1 : Step(term, term[(slash + 1)..]);
        var count = Most - Least + 1;
        for (var value = from; value <= (from <= to ? to : to + count); value += step)
        {
            yield return value > Most ? value - count : value;
        }
    }

    /// <param name="isOpen">A single value is the beginning of a range: 5/10 is 5, 15, 25 …</param>
    private (int From, int To) Range(string range, bool isOpen)
    {
        if (range == "*") return (Least, Most);
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return (Value(range), isOpen ? Most : Value(range));
        var (from, to) = (Value(range[..dash]), Value(range[(dash + 1)..]));
        return from <= to || Wraps
            ? (from, to)
            : throw new FormatException($"{Name} '{range}': the range must run upwards");
    }

    private int Step(string term, string text)
    {
        if (!AllowsSteps) throw new FormatException($"{Name} '{term}': steps (/) are not allowed in this field");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            && step >= 1
            && step <= Most
            ? step
            : throw new FormatException($"{Name} '{term}': the step must be a whole number from 1 to {Most}");
    }
}
