using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Delivery;
using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.Sns;

/// <summary>
/// Delivers to every subscription before a publish is answered, so that an answered publish is never lost.
/// </summary>
internal sealed class TopicPublisher(
    TopicStore topics,
    Mailbox mailbox,
    ChatRooms rooms,
    ServiceSender sender,
    Account account,
    Ids ids,
    TimeProvider clock,
    Activity activity)
    : ITopics
{
    private static readonly Dictionary<string, string> NoAttributes = [];

    private readonly Caller _sns = Caller.Service("sns.amazonaws.com", account.Id);

    public bool Exists(string topicArn) => topics.Find(topicArn) is not null;

    public Task<string> PublishAsync(
        string topicArn, string? subject, string message, CancellationToken cancellation) =>
        PublishAsync(topicArn, subject, message, NoAttributes, cancellation);

    public Task<string> PublishAsync(
        string topicArn, string? subject, string message, IReadOnlyDictionary<string, string> byProtocol,
        CancellationToken cancellation)
    {
        var topic = topics.Find(topicArn) ?? throw SnsErrors.TopicNotFound();
        PublishRules.CheckSubject(subject);
        PublishRules.CheckMessage(message);
        return PublishAsync(topic, subject, message, [], byProtocol, cancellation);
    }

    public async Task<string> PublishAsync(
        Topic topic, string? subject, string message, JsonObject attributes,
        IReadOnlyDictionary<string, string> byProtocol, CancellationToken cancellation)
    {
        var notification = new Notification(
            ids.Uuid(), topic.Arn, subject, message, attributes, byProtocol, clock.GetUtcNow());
        var subscriptions = topics.SubscriptionsOf(topic.Arn)
            .Where(one => one.Filter?.Takes(message, attributes) != false)
            .ToList();
        activity.Report(
            "SNS", "Published", $"{topic.Name}: {subject ?? "(no subject)"}, {subscriptions.Count} subscription(s)");
        foreach (var subscription in subscriptions) await DeliverAsync(topic, subscription, notification, cancellation);
        return notification.MessageId;
    }

    private async Task DeliverAsync(
        Topic topic, Subscription subscription, Notification notification, CancellationToken cancellation)
    {
        var refusal = subscription.Protocol switch
        {
            "email" => Mail(topic, subscription, notification),
            "https" => Chat(topic, notification),
            "sqs" => await sender
                .ToQueueAsync(
                    _sns,
                    topic.Arn,
                    subscription.Endpoint,
                    QueueBody(subscription, notification),
                    Attributes(subscription, notification),
                    cancellation),
            "lambda" =>
                await sender.ToFunctionAsync(
                    _sns, topic.Arn, subscription.Endpoint, notification.ForFunction(subscription), cancellation),
            var other =>
                throw new InvalidOperationException(
                    $"A subscription with protocol {other} should have been refused when it was made."),
        };
        if (refusal is null) return;
        var fate = await BuryAsync(subscription, notification, cancellation);
        activity.Report("SNS", "Undelivered", $"{topic.Name} to {subscription.Endpoint}: {refusal.Message} {fate}");
    }

    private DeliveryRefusal? Mail(Topic topic, Subscription subscription, Notification notification)
    {
        mailbox.Deliver(topic, subscription, notification);
        return null;
    }

    /// <summary>The chat integration's is the only subscription of this kind here.</summary>
    private DeliveryRefusal? Chat(Topic topic, Notification notification)
    {
        rooms.Deliver(topic, notification);
        return null;
    }

    private async Task<string> BuryAsync(
        Subscription subscription, Notification notification, CancellationToken cancellation)
    {
        if (subscription.DeadLetterArn is not { } dead) return "It is lost: the subscription has no dead-letter queue.";
        var refusal = await sender.ToQueueAsync(
            _sns, notification.TopicArn, dead, notification.ForQueue(), NoAttributes, cancellation);
        return refusal is null ? $"It went to {dead}." : $"It is lost: {refusal.Message}";
    }

    private static string QueueBody(Subscription subscription, Notification notification) =>
        subscription.IsRaw ? notification.TextFor("sqs") : notification.ForQueue();

    // In the envelope they are part of the body; raw they become the message's own.
    private static Dictionary<string, string> Attributes(Subscription subscription, Notification notification) =>
        subscription.IsRaw
        ? notification.Attributes.ToDictionary(pair => pair.Key, pair => pair.Value!["Value"]!.ToString())
        : NoAttributes;
}
