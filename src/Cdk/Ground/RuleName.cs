using System.Security.Cryptography;
using System.Text;

namespace Jobs.Cdk.Ground;

/// <summary>
/// Names of a stack's rules, which begin with its prefix, so that queues can admit them by it. A rule's name has 1 to
/// 64 letters, digits, dots, hyphens and underscores.
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
/// </summary>
internal static class RuleName
{
    /// <summary>The longest name of a stack that leaves space for the beginning of a job's.</summary>
    public const int MaxStackLength = 40;

    private const int MaxLength = 64;

    private const int DigestLength = 10;

    /// <summary>The pattern of all.</summary>
    public static string All(string stack) => Names.Prefix(stack) + "*";

    /// <summary>The pattern of one job's triggers; also of another's whose long name begins the same.</summary>
    public static string AllOf(string stack, string job) => $"{Beginning(stack, job)}_*";

    /// <summary>A rule of the machinery.</summary>
    /// <param name="name">Short, and unlike a trigger's rule: without an underscore.</param>
    public static string Own(string stack, string name) => Names.Prefix(stack) + name;

    /// <summary>
    /// The rule of a trigger: the job's name as far as it goes, and a digest, which tells a job's triggers apart.
    /// </summary>
    /// <param name="trigger">Different for each trigger of the job.</param>
    public static string Of(string stack, string job, string trigger) =>
        $"{Beginning(stack, job)}_{Digest($"{job}\n{trigger}")}";

    private static string Beginning(string stack, string job)
    {
        var prefix = Names.Prefix(stack);
        var left = MaxLength - prefix.Length - DigestLength - 1;
        return prefix + job[..Math.Min(job.Length, left)];
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLength];
}
