using Lapstack.Ports;

namespace Lapstack.Services.CloudWatch;

/// <summary>
/// What an alarm watches: one metric of a queue or a function, or one that the stack publishes itself.
/// </summary>
/// <param name="Statistic">Sum, Maximum, Minimum, Average or SampleCount.</param>
internal sealed record AlarmMetric(MetricName Name, string Statistic)
{
    public const string Sqs = "AWS/SQS";
    public const string Lambda = "AWS/Lambda";

    private static readonly Dictionary<string, (
        string DimensionName, string[] Metrics)> Known = new(StringComparer.Ordinal)
        {
            [Sqs] = (
            "QueueName",
            [
                "ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible",
                "ApproximateNumberOfMessagesDelayed", "ApproximateAgeOfOldestMessage",
            ]),
            [Lambda] = ("FunctionName", ["Invocations", "Errors", "Throttles", "DestinationDeliveryFailures"]),
        };

    /// <summary>Why it can never have a value here; null when it can.</summary>
    public string? Refusal => !MetricStatistic.All.Contains(Statistic)
        ? $"The emulator knows the statistics {string.Join(", ", MetricStatistic.All)}, not '{Statistic}'."
        : IsAws ? AwsRefusal : null;

    // AWS keeps these names for itself; every other namespace is a stack's own.
    private bool IsAws => Name.Namespace.StartsWith("AWS/", StringComparison.Ordinal) || Name.Namespace.Length == 0;

    private string? AwsRefusal => Known.TryGetValue(Name.Namespace, out var service)
        ? this switch
        {
            _ when !service.Metrics.Contains(Name.Name) =>
                $"Of {Name.Namespace} the emulator measures {string.Join(", ", service.Metrics)}, not '{Name.Name}'.",
            _ when Name.Dimensions is not [var one] || one.Name != service.DimensionName =>
                $"{Name.Namespace} {Name.Name} needs the one dimension {service.DimensionName}.",
            _ => null,
        }
        : $"The emulator measures {string.Join(" and ", Known.Keys)}, not '{Name.Namespace}'.";
}
