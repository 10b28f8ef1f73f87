namespace Jobs.Core.Definitions;

/// <summary>What must hold between the jobs of a stack that name each other.</summary>
internal static class RelationRules
{
    public static IEnumerable<DefinitionError> Check(IReadOnlyList<JobDefinition> jobs)
    {
        var names = jobs.Select(job => job.Name).ToHashSet(StringComparer.Ordinal);
        return jobs.SelectMany(job => CheckSubmits(job, names));
    }

    private static IEnumerable<DefinitionError> CheckSubmits(JobDefinition job, HashSet<string> names) =>
        job.Submits.Where(other => !names.Contains(other)).Select(other => new DefinitionError(
            job.Name, "a job submits jobs of its own stack", other, Remedy(other, names)));

    private static string Remedy(string meant, HashSet<string> names) => Spelling.Nearest(meant, names) is { } nearest
        ? $"Did you mean '{nearest}'?"
        : $"The stack has: {string.Join(", ", names.Order(StringComparer.Ordinal))}.";
}
