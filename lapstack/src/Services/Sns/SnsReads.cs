using System.Globalization;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Sns;

/// <summary>SNS on the wire: looking at topics and subscriptions.</summary>
internal sealed class SnsReads(TopicStore topics, Account account)
{
    private const int PageSize = 100;

    public Operation ListTopics(QueryCall call) => call.Answer(
        [new AccessRequest("sns:ListTopics", "*")],
        _ =>
            Page(
                call,
                "Topics",
                topics.All.Select(topic => new XElement("member", new XElement("TopicArn", topic.Arn)))));

    public Operation ListSubscriptions(QueryCall call) => call.Answer(
        [new AccessRequest("sns:ListSubscriptions", "*")], _ =>
            Page(call, "Subscriptions", topics.Subscriptions.Select(Render)));

    public Operation ListSubscriptionsByTopic(QueryCall call)
    {
        var topic = topics.Get(call.Field("TopicArn"));
        return call.Answer(
            [new AccessRequest("sns:ListSubscriptionsByTopic", topic.Arn)],
            _ => Page(call, "Subscriptions", topics.SubscriptionsOf(topic.Arn).Select(Render)));
    }

    /// <summary>https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html</summary>
    public Operation GetTopicAttributes(QueryCall call)
    {
        var topic = topics.Get(call.Field("TopicArn"));
        return call.Answer([new AccessRequest("sns:GetTopicAttributes", topic.Arn)],
            _ => Task.FromResult<IEnumerable<XElement>>(
            [new XElement("Attributes", Attributes(topic).Where(pair => pair.Value is not null).Select(pair =>
                new XElement("entry", new XElement("key", pair.Name), new XElement("value", pair.Value))))]));
    }

    private IEnumerable<(string Name, string? Value)> Attributes(Topic topic) =>
    [
        ("TopicArn", topic.Arn),
        ("Owner", account.Id),
        ("DisplayName", topic.DisplayName ?? ""),
        ("Policy", topic.Policy),
        ("KmsMasterKeyId", topic.KmsMasterKeyId),
        ("SubscriptionsConfirmed", topics.SubscriptionsOf(topic.Arn).Count.ToString(CultureInfo.InvariantCulture)),
        ("SubscriptionsPending", "0"),
        ("SubscriptionsDeleted", "0"),
    ];

    private XElement Render(Subscription subscription) => new(
        "member",
        new XElement("SubscriptionArn", subscription.Arn),
        new XElement("Owner", account.Id),
        new XElement("Protocol", subscription.Protocol),
        new XElement("Endpoint", subscription.Endpoint),
        new XElement("TopicArn", subscription.TopicArn));

    private static Task<IEnumerable<XElement>> Page(QueryCall call, string name, IEnumerable<XElement> members)
    {
        if (!int.TryParse(
            call.Field("NextToken") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            throw SnsErrors.InvalidParameter("NextToken Reason: it is not one that was given");
        var rest = members.Skip(start).Take(PageSize + 1).ToList();
        var page = new XElement(name, rest.Take(PageSize));
        return Task.FromResult<IEnumerable<XElement>>(
            rest.Count <= PageSize ? [page] : [page, new XElement("NextToken", start + PageSize)]);
    }
}
