using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Cdk.Functions;

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
    /// Several filters in an array are alternatives, so prefix and suffix together would be a wildcard, and of these
    /// a bus takes 30 in an account, for good: the rule looks for the prefix, and OnUpload at the suffix.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    /// </summary>
    private static Dictionary<string, object>[] KeyFilters(UploadTrigger trigger) => trigger switch
    {
        { Prefix: not "" } => [new() { ["prefix"] = trigger.Prefix }],
        { Suffix: not "" } =>
            [new() { ["suffix"] = new Dictionary<string, object> { ["equals-ignore-case"] = trigger.Suffix } }],
        _ => [new() { ["anything-but"] = new Dictionary<string, object> { ["prefix"] = Names.ReservedPrefix } }],
    };
}
