using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.SQSEvents;

namespace Jobs.Functions.Events;

/// <summary>What Lambda hands to the functions and takes from them.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(ScheduledEvent))]
[JsonSerializable(typeof(BacklogNudge))]
public sealed partial class LambdaJson : JsonSerializerContext;
