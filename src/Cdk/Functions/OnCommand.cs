using Jobs.Cdk.Queues;
using Jobs.Core;

namespace Jobs.Cdk.Functions;

/// <summary>The function that takes commands.</summary>
internal static class OnCommand
{
    public static void Add(FunctionFactory functions, Inbox commands, IEnumerable<Job> jobs)
    {
        var function = functions.AddFor(commands, "OnCommand", FunctionTimes.Dispatch).Function;
        if (Submitters(jobs) is { Length: > 0 } submitters)
        {
            function.AddEnvironment(EnvironmentNames.Submitters, submitters);
        }
    }

    /// <summary>
    /// Only these jobs' roles may send to the queue at all, so every other sender is a person or a program that IAM
    /// lets.
    /// </summary>
    private static string Submitters(IEnumerable<Job> jobs)
    {
        var submitting = jobs.Where(job => job.Definition.Submits.Count > 0);
        return string.Join(',', submitting.Select(job => $"{job.TaskRole.RoleId}={job.Definition.Name}"));
    }
}
