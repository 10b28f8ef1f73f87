using System.Collections.Concurrent;

namespace Lapstack.Services.Sns;

/// <summary>The topics of the stack and their subscriptions. Nothing of it outlives the process: the template says it again.</summary>
internal sealed class TopicStore
{
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);

    public IEnumerable<Topic> All => _topics.Values.OrderBy(topic => topic.Name, StringComparer.Ordinal);

    public void Add(Topic topic) => _topics[topic.Arn] = topic;

    public void Add(Subscription subscription) => _subscriptions[subscription.Arn] = subscription;

    public Topic? Find(string topicArn) => _topics.GetValueOrDefault(topicArn);

    public IReadOnlyList<Subscription> SubscriptionsOf(string topicArn) =>
        [.. _subscriptions.Values.Where(subscription => subscription.TopicArn == topicArn).OrderBy(subscription => subscription.Arn, StringComparer.Ordinal)];
}
