using Jobs.Core.Definitions;

namespace Jobs.Core.Triggers;

/// <summary>The job that a rule has sent an event for.</summary>
internal static class DeployedJobs
{
    /// <exception cref="NotDeployedException">No such job is deployed.</exception>
    public static JobDefinition Required(this JobCatalog catalog, string job) =>
        catalog.Find(job) ?? throw new NotDeployedException(
            $"The event is for job '{Excerpt.Of(job, 100)}', which this stack does not have " +
            $"(it has: {string.Join(", ", catalog.Jobs.Select(known => known.Name))}). " +
            "Deploy the job, then send the message back to its inbox with a redrive.");
}
