using Constructs;
using Jobs.Cdk.Functions;
using Jobs.Cdk.Ground;
using Jobs.Core;

namespace Jobs.Cdk.Canaries;

/// <summary>The jobs that a verification of the stack uses. Their classes come with the host.</summary>
internal static class CanaryJobs
{
    public static IReadOnlyList<JobDefinition> Definitions =>
        JobDefinitions.FromAssembly(typeof(JobHost).Assembly);

    /// <summary>Tells the command line which rule to enable for a moment, and so that there are canaries.</summary>
    public static void AddOutput(Construct scope, string stack) => StackOutput.Add(
        scope,
        OutputNames.CanaryRule,
        ScheduleDelivery.RuleNameOf(stack, CanaryNames.Canary, CanaryNames.Schedule),
        "The canary's schedule, switched off but while a verification waits for it.");

    public static IEnumerable<string> Check(JobRunnerProps props, IReadOnlyCollection<JobDefinition> jobs)
    {
        if (!props.Canary) yield break;
        foreach (var name in CanaryNames.All)
        {
            var count = jobs.Count(job => job.Name == name);
            if (count > 1)
            {
                yield return
                    $"Canary adds a job '{name}' (declared: another of this name). Rename that one, or leave Canary " +
                    "out.";
            }
            else if (count == 0)
            {
                yield return "Canary takes the image of the first job with a host (declared: no such job). Add one, " +
                    "or leave Canary out.";
                yield break;
            }
        }
    }
}
