using Jobs.Core;
using Jobs.Core.Definitions;
using Jobs.Infra.Ground;

namespace Jobs.Infra.Functions;

/// <summary>How EventBridge finds the uploads of a trigger.</summary>
internal static class UploadPattern
{
    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html</summary>
    public static Dictionary<string, object> Matching(string bucket, UploadTrigger trigger) => new()
    {
        ["source"] = new[] { "aws.s3" },
        ["detail-type"] = new[] { "Object Created" },
        ["detail"] = new Dictionary<string, object>
        {
            ["bucket"] = new Dictionary<string, object> { ["name"] = new[] { bucket } },
            ["object"] = new Dictionary<string, object> { ["key"] = KeyFilters(trigger) },
        },
    };

    /// <summary>
    /// Several filters in an array are alternatives, so prefix and suffix together have to be a wildcard. A wildcard
    /// knows one case only: each spelling of the suffix is one, and where there are too many, the suffix alone is
    /// looked for and OnUpload looks at the prefix.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
    /// </summary>
    private static Dictionary<string, object>[] KeyFilters(UploadTrigger trigger) => trigger switch
    {
        { Prefix: "", Suffix: "" } =>
            [new() { ["anything-but"] = new Dictionary<string, object> { ["prefix"] = Names.ReservedPrefix } }],
        { Suffix: "" } => [new() { ["prefix"] = trigger.Prefix }],
        { Prefix: not "" } when Spellings.Of(trigger.Suffix) is { } suffixes =>
            [.. suffixes.Select(suffix => Wildcard($"{Escape(trigger.Prefix)}*{Escape(suffix)}"))],
        _ => [new() { ["suffix"] = new Dictionary<string, object> { ["equals-ignore-case"] = trigger.Suffix } }],
    };

    private static Dictionary<string, object> Wildcard(string pattern) => new() { ["wildcard"] = pattern };

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);
}
