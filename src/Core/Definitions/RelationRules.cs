namespace Jobs.Core.Definitions;

/// <summary>What must hold between the jobs of a stack that name each other.</summary>
internal static class RelationRules
{
    /// <summary>What holds among some of them, whatever others there are.</summary>
    public static IEnumerable<DefinitionError> CheckTogether(IReadOnlyList<JobDefinition> jobs) =>
        [.. jobs.SelectMany(Repeated), .. Cycles(jobs)];

    /// <summary>What holds once they are all.</summary>
    public static IEnumerable<DefinitionError> CheckWhole(IReadOnlyList<JobDefinition> jobs)
    {
        var names = jobs.Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. jobs.SelectMany(job => Unknown(job, job.Submits, "a job submits jobs of its own stack", names)),
            .. jobs.SelectMany(
                job =>
                    Unknown(
                        job, job.Afters.Select(after => after.Job), "a job comes after a job of its own stack", names)),
        ];
    }

    private static IEnumerable<DefinitionError> Unknown(
        JobDefinition job, IEnumerable<string> others, string rule, HashSet<string> names) =>
        others.Where(other => !names.Contains(other)).Select(
            other => new DefinitionError(job.Name, rule, other, Remedy(other, names)));

    private static string Remedy(string meant, HashSet<string> names) => Spelling.Nearest(meant, names) is { } nearest
        ? $"Did you mean '{nearest}'?"
        : $"The stack has: {string.Join(", ", names.Order(StringComparer.Ordinal))}.";

    private static IEnumerable<DefinitionError> Repeated(JobDefinition job) => job.Afters
        .GroupBy(after => after.Job)
        .Where(same => same.Count() > 1)
        .Select(same => new DefinitionError(
            job.Name, "a job comes once after another: its end starts one run",
            $"After {same.Key} on {string.Join(" and on ", same.Select(after => after.On))}",
            "Use On = Always, and look at the state in Ended<…>."));

    /// <summary>Each cycle once, told by the job in it that comes first by name.</summary>
    private static IEnumerable<DefinitionError> Cycles(IReadOnlyList<JobDefinition> jobs)
    {
        var before = jobs.GroupBy(job => job.Name).ToDictionary(
            same => same.Key, same => same.SelectMany(job => job.Afters).Select(after => after.Job).ToList());
        foreach (var name in before.Keys.Order(StringComparer.Ordinal))
        {
            if (PathBack(name, name, before, []) is not { } path || path.Min(StringComparer.Ordinal) != name) continue;
            yield return new DefinitionError(
                name, "no job comes after itself, or each run would start the next for ever",
                $"{string.Join(" after ", path)} after {name}", "Take one of these After away.");
        }
    }

    /// <summary>
    /// The jobs on the way from one to another along what each comes after, the first included; null when there is no
    /// way.
    /// </summary>
    private static List<string>? PathBack(
        string from, string to, Dictionary<string, List<string>> before, HashSet<string> seen)
    {
        foreach (var previous in before.GetValueOrDefault(from) ?? [])
        {
            if (previous == to) return [from];
            if (seen.Add(previous) && PathBack(previous, to, before, seen) is { } rest) return [from, .. rest];
        }

        return null;
    }
}
