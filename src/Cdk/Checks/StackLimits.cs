using System.Globalization;
using System.Text.Json;
using Amazon.CDK;
using Constructs;
using Jobs.Cdk.Ground;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Checks;

/// <summary>
/// What CloudFormation and IAM take, which more jobs than fit into one stack exceed. Asked when all resources are made.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
/// </summary>
internal static class StackLimits
{
    public const int MaxResources = 500;

    public const int MaxOutputs = 200;

    /// <summary>
    /// Of a role's inline policies together. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    /// </summary>
    public const int MaxInlineCharacters = 10_240;

    public static IEnumerable<string> Check(Stack stack, IReadOnlyList<Job> jobs) =>
    [
        .. CheckCount<CfnResource>(stack, jobs, "resources", MaxResources),
        .. CheckCount<CfnOutput>(stack, jobs, "outputs", MaxOutputs),
        .. jobs.SelectMany(job => CheckRole(stack, job)).Select(error => error.ToString()),
    ];

    private static IEnumerable<string> CheckCount<T>(Stack stack, IReadOnlyList<Job> jobs, string what, int limit)
        where T : IConstruct
    {
        var all = Count<T>(stack);
        if (all <= limit) yield break;
        var shares = jobs.Select(job => new JobShare(job, Count<T>(job))).OrderByDescending(share => share.Count)
            .ToList();
        var others = all - shares.Sum(share => share.Count);
        yield return $"CloudFormation takes at most {limit} {what} in a stack (declared: {stack.StackName} with " +
            $"{all}, {others} of them whatever the jobs are; " +
            $"{Describe(shares)}). " +
            Remedy(shares, all - limit, what);
    }

    private static int Count<T>(IConstruct scope)
        where T : IConstruct => scope.Node.FindAll().OfType<T>().Count();

    private static string Describe(IEnumerable<JobShare> shares) => string.Join(
        "; ",
        shares.GroupBy(share => share.Kind)
            .OrderByDescending(kind => kind.Sum(share => share.Count))
            .Select(kind =>
                $"{kind.Sum(share => share.Count)} for {kind.Count()} {kind.Key}, up to " +
                $"{kind.Max(share => share.Count)} each"));

    private static string Remedy(List<JobShare> shares, int excess, string what)
    {
        var (moved, names) = (0, new List<string>());
        foreach (var share in shares.TakeWhile(_ => moved < excess))
        {
            moved += share.Count;
            names.Add(share.Job.Definition.Name);
        }

        return moved < excess
            ? $"The jobs are not the cause: move other {what} out of the stack."
            : $"Make two stacks, each with a JobRunner, and move at least these {names.Count} jobs to the second: " +
                $"{Listed.Longest(names)}. " +
              "Jobs that submit each other or come after each other belong together.";
    }

    private static IEnumerable<DefinitionError> CheckRole(Stack stack, Job job)
    {
        var characters = job.TaskPolicies.Sum(
            policy => PolicySize.Of(JsonSerializer.SerializeToNode(stack.Resolve(policy)), stack.StackName));
        if (characters > MaxInlineCharacters)
        {
            yield return new DefinitionError(
                job.Definition.Name,
                $"IAM takes at most {Text(MaxInlineCharacters)} characters of policies in a role; each prefix that a " +
                "job listens to, reads, writes or lists, and each " +
                "job that it submits or comes after, needs about a hundred in its task role's",
                $"about {Text(characters)}",
                "Declare fewer prefixes, which each hold more, or make two jobs.");
        }
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
