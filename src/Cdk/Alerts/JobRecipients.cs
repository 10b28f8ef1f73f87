using Jobs.Core.Definitions;

namespace Jobs.Cdk.Alerts;

/// <summary>
/// Whom jobs tell, by address: a topic takes one subscription of each, which says all jobs that it is about.
/// </summary>
internal static class JobRecipients
{
    /// <summary>
    /// Filter policies of a topic. https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
    /// </summary>
    public const int MostOfTopic = 200;

    /// <summary>Values in a filter policy, on the same page.</summary>
    public const int MostJobs = 150;

    /// <summary>Names of the jobs whose failures an address is told of. Those who are told of all need none.</summary>
    public static IReadOnlyDictionary<string, string[]> OfFailures(
        IEnumerable<JobDefinition> jobs, IReadOnlyCollection<string> admins) =>
        Of(jobs, one => one.HearsOfFailure && !admins.Contains(one.Email));

    /// <summary>Names of the jobs whose successes an address is told of.</summary>
    public static IReadOnlyDictionary<string, string[]> OfSuccesses(IEnumerable<JobDefinition> jobs) =>
        Of(jobs, one => one.HearsOfSuccess);

    public static IEnumerable<string> Check(IReadOnlyCollection<string> admins, IReadOnlyCollection<JobDefinition> jobs)
    {
        foreach (var told in (IReadOnlyDictionary<string, string[]>[])[OfFailures(jobs, admins), OfSuccesses(jobs)])
        {
            if (told.Count > MostOfTopic)
            {
                yield return $"SNS takes at most {MostOfTopic} filter policies of a topic, and each address that jobs " +
                    $"notify is one (declared: {told.Count}). Give some jobs the address of a list, or make two " +
                    "stacks, each with a JobRunner.";
            }

            foreach (var (email, names) in told.Where(one => one.Value.Length > MostJobs))
            {
                yield return $"SNS takes at most {MostJobs} values in a filter policy, and each job that notifies an " +
                    $"address is one (declared: {email} with {names.Length}). Add it to AdminEmails, who are told of " +
                    "all failures, or make two stacks, each with a JobRunner.";
            }
        }
    }

    private static SortedDictionary<string, string[]> Of(
        IEnumerable<JobDefinition> jobs, Func<Recipient, bool> isTold) => new(
        jobs.SelectMany(job => job.Recipients.Where(isTold).Select(one => (one.Email, job.Name)))
            .GroupBy(one => one.Email, one => one.Name)
            .ToDictionary(
                same => same.Key,
                same => same.Distinct().Order(StringComparer.Ordinal).ToArray()),
        StringComparer.Ordinal);
}
