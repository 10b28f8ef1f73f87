using System.Text.Json;
using Jobs.Core;
using Jobs.Core.Definitions;

namespace Jobs.Infra.Functions;

/// <summary>How EventBridge finds the uploads of a trigger, and what it hands on.</summary>
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
            ["object"] = new Dictionary<string, object> { ["key"] = new[] { KeyFilter(trigger) } },
        },
    };

    /// <summary>
    /// Job and trigger around the untouched event. JSON's escapes keep angle brackets in a name from becoming a placeholder.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
    /// </summary>
    public static string Template(string job, UploadTrigger trigger) =>
        $$"""{"job": {{JsonSerializer.Serialize(job)}}, "trigger": {{JsonSerializer.Serialize(trigger.Name)}}, "event": <aws.events.event.json>}""";

    /// <summary>One filter: several in an array would be alternatives, so prefix and suffix together have to be a wildcard.</summary>
    private static Dictionary<string, object> KeyFilter(UploadTrigger trigger) => trigger switch
    {
        { Prefix: "", Suffix: "" } => new() { ["anything-but"] = new Dictionary<string, object> { ["prefix"] = Names.ReservedPrefix } },
        { Suffix: "" } => new() { ["prefix"] = trigger.Prefix },
        { Prefix: "" } => new() { ["suffix"] = trigger.Suffix },
        _ => new() { ["wildcard"] = $"{Escape(trigger.Prefix)}*{Escape(trigger.Suffix)}" },
    };

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);
}
