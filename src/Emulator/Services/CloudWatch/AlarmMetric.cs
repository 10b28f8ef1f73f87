namespace Jobs.Emulator.Services.CloudWatch;

/// <summary>What an alarm watches: one metric of one queue or function.</summary>
/// <param name="DimensionName"><c>QueueName</c> or <c>FunctionName</c>.</param>
/// <param name="Dimension">The queue's or function's name.</param>
/// <param name="Statistic">Sum, Maximum, Minimum, Average or SampleCount.</param>
internal sealed record AlarmMetric(string Namespace, string Name, string DimensionName, string Dimension, string Statistic)
{
    public const string Sqs = "AWS/SQS";
    public const string Lambda = "AWS/Lambda";

    private static readonly Dictionary<string, (string DimensionName, string[] Metrics)> Known = new(StringComparer.Ordinal)
    {
        [Sqs] = ("QueueName", ["ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed", "ApproximateAgeOfOldestMessage"]),
        [Lambda] = ("FunctionName", ["Invocations", "Errors", "Throttles", "DestinationDeliveryFailures"]),
    };

    private static readonly string[] Statistics = ["Sum", "Maximum", "Minimum", "Average", "SampleCount"];

    /// <summary>Why it can never have a value here; null when it can.</summary>
    public string? Refusal => this switch
    {
        _ when !Known.TryGetValue(Namespace, out var service) => $"The emulator measures {string.Join(" and ", Known.Keys)}, not '{Namespace}'.",
        _ when !Known[Namespace].Metrics.Contains(Name) => $"Of {Namespace} the emulator measures {string.Join(", ", Known[Namespace].Metrics)}, not '{Name}'.",
        _ when DimensionName != Known[Namespace].DimensionName => $"{Namespace} {Name} needs the one dimension {Known[Namespace].DimensionName}.",
        _ when !Statistics.Contains(Statistic) => $"The emulator knows the statistics {string.Join(", ", Statistics)}, not '{Statistic}'.",
        _ => null,
    };
}
