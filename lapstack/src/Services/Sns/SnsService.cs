using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Sns;

/// <summary>SNS on the wire (Query, XML). Topics and subscriptions come from the template.</summary>
internal sealed class SnsService : QueryService
{
    private readonly TopicStore _topics;
    private readonly TopicPublisher _publisher;
    private readonly Account _account;

    public SnsService(TopicStore topics, TopicPublisher publisher, Account account)
        : base("sns", "http://sns.amazonaws.com/doc/2010-03-31/")
    {
        (_topics, _publisher, _account) = (topics, publisher, account);
        Add("Publish", ReadPublish);
        Add("ListTopics", call => call.Answer(
            [new AccessRequest("sns:ListTopics", "*")],
            _ => Members("Topics", _topics.All.Select(topic => new XElement("member", new XElement("TopicArn", topic.Arn))))));
        Add("ListSubscriptionsByTopic", ReadListSubscriptions);
    }

    public override ServiceError Denial(string message) => new("AuthorizationError", message, 403);

    private Operation ReadPublish(QueryCall call)
    {
        if (call.Field("PhoneNumber") is not null) throw ServiceError.Unsupported(Name, "Publish to a phone number");
        var topic = Find(call.Field("TopicArn") ?? call.Field("TargetArn"));
        var (subject, message) = (call.Field("Subject"), call.Field("Message"));
        PublishRules.CheckSubject(subject);
        PublishRules.CheckMessage(message);
        var byProtocol = call.Field("MessageStructure") switch
        {
            null => [],
            "json" => ReadStructure(message!),
            var other => throw SnsErrors.InvalidParameter($"MessageStructure {other}: only json is known"),
        };
        var attributes = SnsAttributes.Read(call);
        return call.Answer([new AccessRequest("sns:Publish", topic.Arn)], async cancellation =>
        {
            var text = byProtocol.GetValueOrDefault("default") ?? message!;
            var id = await _publisher.PublishAsync(topic, subject, text, attributes, byProtocol, cancellation);
            return [new XElement("MessageId", id)];
        });
    }

    private Operation ReadListSubscriptions(QueryCall call)
    {
        var topic = Find(call.Field("TopicArn"));
        return call.Answer(
            [new AccessRequest("sns:ListSubscriptionsByTopic", topic.Arn)],
            _ => Members("Subscriptions", _topics.SubscriptionsOf(topic.Arn).Select(subscription => new XElement(
                "member",
                new XElement("SubscriptionArn", subscription.Arn),
                new XElement("Owner", _account.Id),
                new XElement("Protocol", subscription.Protocol),
                new XElement("Endpoint", subscription.Endpoint),
                new XElement("TopicArn", subscription.TopicArn)))));
    }

    private Topic Find(string? arn)
    {
        if (string.IsNullOrEmpty(arn)) throw SnsErrors.InvalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
        var elements = arn.Split(':').Length;
        if (elements < 6) throw SnsErrors.InvalidParameter($"TopicArn Reason: An ARN must have at least 6 elements, not {elements}");
        return _topics.Find(arn) ?? throw SnsErrors.TopicNotFound();
    }

    private static Dictionary<string, string> ReadStructure(string message)
    {
        try
        {
            var texts = JsonNode.Parse(message)!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
            if (texts.ContainsKey("default")) return texts;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw SnsErrors.InvalidParameter("Message Structure - JSON message body failed to parse");
        }
        throw SnsErrors.InvalidParameter("Message Structure - No default entry in JSON message body");
    }

    private static Task<IEnumerable<XElement>> Members(string name, IEnumerable<XElement> members) =>
        Task.FromResult<IEnumerable<XElement>>([new XElement(name, members)]);
}
