namespace Lapstack.Services.Sns;

/// <summary>Who gets what is published.</summary>
/// <param name="Protocol">email, sqs or lambda; https of the chat integration.</param>
/// <param name="Endpoint">The address, or the ARN of the queue or function.</param>
/// <param name="IsRaw">Queues only: the message alone, without the envelope.</param>
/// <param name="DeadLetterArn">The queue for what the endpoint refuses; null for none.</param>
/// <param name="Filter">What it takes; null for everything.</param>
internal sealed record Subscription(
    string Arn, string TopicArn, string Protocol, string Endpoint, bool IsRaw, string? DeadLetterArn,
    SubscriptionFilter? Filter = null);
