using System.Collections.Concurrent;
using Lapstack.Wire;

namespace Lapstack.Services.Sns;

/// <summary>
/// The topics of the stack and their subscriptions. Nothing of it outlives the process: the template says it again.
/// </summary>
internal sealed class TopicStore
{
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);

    public IEnumerable<Topic> All => _topics.Values.OrderBy(topic => topic.Name, StringComparer.Ordinal);

    public IEnumerable<Subscription> Subscriptions =>
        _subscriptions.Values.OrderBy(subscription => subscription.Arn, StringComparer.Ordinal);

    public void Add(Topic topic) => _topics[topic.Arn] = topic;

    public void Add(Subscription subscription) => _subscriptions[subscription.Arn] = subscription;

    public Topic? Find(string topicArn) => _topics.GetValueOrDefault(topicArn);

    /// <exception cref="ServiceError">It is no ARN, or there is no such topic.</exception>
    public Topic Get(string? arn)
    {
        if (string.IsNullOrEmpty(arn))
        {
            throw SnsErrors.InvalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
        }

        var elements = arn.Split(':').Length;
        if (elements < 6)
        {
            throw SnsErrors.InvalidParameter($"TopicArn Reason: An ARN must have at least 6 elements, not {elements}");
        }

        return Find(arn) ?? throw SnsErrors.TopicNotFound();
    }

    public IReadOnlyList<Subscription> SubscriptionsOf(string topicArn) =>
        [.. Subscriptions.Where(subscription => subscription.TopicArn == topicArn)];
}
