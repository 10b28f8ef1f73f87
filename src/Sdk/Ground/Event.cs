using System.Text.Json.Serialization;

namespace Jobs;

/// <summary>
/// An event of EventBridge: the input of a job with <see cref="OnEventAttribute"/> that wants to know more of it than
/// its detail. Its JSON is EventBridge's own.
/// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
/// </summary>
/// <param name="Id">EventBridge's id of the event, from which the run's id is derived.</param>
/// <param name="Source">Who sent it: <c>aws.ecr</c>, <c>com.example.orders</c>.</param>
/// <param name="DetailType">What kind of event it is.</param>
/// <param name="Detail">What it says.</param>
public sealed record Event<TDetail>(
    string Id, string Source, [property: JsonPropertyName("detail-type")] string DetailType, TDetail Detail)
{
    /// <summary>When it happened, as its sender says, to the second; the earliest time when it does not say.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The AWS account that it came from, 12 digits; empty when it does not say.</summary>
    public string Account { get; init; } = "";

    /// <summary>The Region that it came from; empty when it does not say.</summary>
    public string Region { get; init; } = "";

    /// <summary>ARNs of what it is about; often none.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];
}
