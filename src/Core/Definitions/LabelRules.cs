namespace Jobs.Core.Definitions;

/// <summary>What the labels that a job declares must satisfy.</summary>
public static class LabelRules
{
    internal static IEnumerable<DefinitionError> Check(JobDefinition job)
    {
        foreach (var label in job.Labels.Where(label => !Labels.IsLabel(label)))
        {
            yield return Error(job, Labels.Rule, label, "Write it as team=billing.");
        }

        foreach (var same in job.Labels.GroupBy(Labels.NameOf).Where(same => same.Count() > 1))
        {
            yield return Error(job, "a job declares one label of a name", string.Join(", ", same), "Leave one.");
        }

        if (!Labels.Fit(job.Labels))
        {
            yield return Error(
                job,
                $"a run has at most {Labels.MaxCount} labels, of {Labels.MaxLength} characters in all",
                string.Join(", ", job.Labels),
                "Leave some out.");
        }

        if (job is { Queue.Mode: QueueMode.Service, Labels: [var first, ..] })
        {
            yield return Error(
                job, "a queue's service has no runs to be labelled", first, "Leave it out; Tags are put on its tasks.");
        }
    }

    private static DefinitionError Error(JobDefinition job, string rule, string value, string remedy) =>
        new(job.Name, rule, value, remedy);
}
