using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Jobs.Cdk.Ground;

namespace Jobs.Cdk.Checks;

/// <summary>
/// How large a template may be. Only a synthesized one shows it.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
/// </summary>
internal static class TemplateLimit
{
    /// <summary>AWS says 1 MB, and not which.</summary>
    public const int MaxBytes = 1_000_000;

    public static IEnumerable<string> Check(string stack, string template)
    {
        var bytes = Encoding.UTF8.GetByteCount(template);
        if (bytes <= MaxBytes) yield break;
        var resources = JsonNode.Parse(template)!["Resources"]!.AsObject()
            .Select(resource => (Id: resource.Key, Bytes: Encoding.UTF8.GetByteCount(resource.Value!.ToJsonString())))
            .OrderByDescending(resource => resource.Bytes);
        yield return $"CloudFormation takes a template of at most {Text(MaxBytes)} bytes (declared: {stack} with " +
            $"{Text(bytes)}, the most of them in " +
            $"{Listed.Longest(resources.Select(resource => $"{resource.Id} with {Text(resource.Bytes)}"))}). " +
            "Shorten environments and commands of jobs, or make two stacks, each with a JobRunner, and move some of " +
            "these jobs to the second.";
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
