using System.Globalization;

namespace Lapstack.Schedules;

/// <summary>
/// One field: lists of values, ranges and steps between two limits. What is broken is thrown as FormatException.
/// </summary>
internal sealed record CronField(string Name, int Least, int Most)
{
    /// <summary>Names for the values, from the least one on.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public bool AllowsSteps { get; init; } = true;

    /// <summary>Whether a range may run over the end: 22-2 is 22, 23, 0, 1, 2.</summary>
    public bool Wraps { get; init; } = true;

    public void Check(string field, Func<string, bool>? isSpecial = null)
    {
        foreach (var term in field.Split(','))
            if (isSpecial?.Invoke(term) != true) _ = Term(term);
    }

    public void CheckOne(string value) => _ = Value(value);

    public SortedSet<int> Values(string field)
    {
        SortedSet<int> values = [];
        foreach (var (from, to, step) in field.Split(',').Select(Term))
            for (var value = from; value <= to; value += step) values.Add(value);
        return values;
    }

    private (int From, int To, int Step) Term(string term)
    {
        var slash = term.IndexOf('/', StringComparison.Ordinal);
        var (range, step) = slash < 0 ? (term, 1) : (term[..slash], Step(term, term[(slash + 1)..]));
        if (range == "*") return (Least, Most, step);
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return (Value(range), slash < 0 ? Value(range) : Most, step);
        var (from, to) = (Value(range[..dash]), Value(range[(dash + 1)..]));
        if (from > to && !Wraps) throw new FormatException($"{Name} '{term}': the range must run upwards");
        return (from, to, step);
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

    private int Value(string text)
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
}
