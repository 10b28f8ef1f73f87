using System.Diagnostics;

namespace Jobs.Core.Tracing;

/// <summary>Trace contexts as text.</summary>
public static class TraceText
{
    /// <summary>Characters of a <c>traceparent</c>.</summary>
    public const int Length = 55;

    /// <summary>Name of the message attribute, and in capitals of the environment variable, that holds one.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>
    /// Name of the system attribute by which AWS passes on X-Ray's context.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_MessageSystemAttributeValue.html
    /// </summary>
    public const string AwsHeader = "AWSTraceHeader";

    /// <summary>
    /// W3C's <c>traceparent</c>: <c>00-TRACE-SPAN-FLAGS</c>. https://www.w3.org/TR/trace-context/#traceparent-header
    /// </summary>
    public static string Write(ActivityContext context) =>
        $"00-{context.TraceId}-{context.SpanId}-{(IsSampled(context) ? "01" : "00")}";

    /// <summary>Null for what is no <c>traceparent</c> of version 00.</summary>
    public static ActivityContext? Parse(string? text) =>
        text?.Length == Length && ActivityContext.TryParse(text, null, isRemote: true, out var context)
            ? context
            : null;

    /// <summary>
    /// X-Ray's header: <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>. Null for one
    /// that names no segment, or is something else; and for one that is not sampled, because X-Ray's own sampling, a
    /// twentieth by default, is not to hide runs.
    /// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
    /// </summary>
    public static ActivityContext? ParseAws(string? header)
    {
        var parts = (header ?? "").Split(';', StringSplitOptions.TrimEntries);
        var (root, parent) = (ValueOf(parts, "Root="), ValueOf(parts, "Parent="));
        return root?.Split('-') is ["1", { Length: 8 } time, { Length: 24 } random] && ValueOf(parts, "Sampled=") == "1"
            ? Parse($"00-{time}{random}-{parent}-01")
            : null;
    }

    public static bool IsSampled(ActivityContext context) => context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);

    private static string? ValueOf(string[] parts, string name) =>
        parts.FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
