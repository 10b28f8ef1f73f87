using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.SQSEvents;

namespace Sample;

[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(CloudWatchEvent<Question>))]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Answer))]
public sealed partial class SampleJson : JsonSerializerContext;

public sealed record Question
{
    public string? Name { get; init; }
}

public sealed record Answer
{
    public string? Text { get; init; }

    public DateTime At { get; init; }

    public string? DetailType { get; init; }

    public long RemainingMilliseconds { get; init; }

    public string? Trace { get; init; }

    public string? FunctionArn { get; init; }

    public string? Executed { get; init; }

    public string? LeftOut { get; init; }
}
