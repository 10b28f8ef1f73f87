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

    public SnsService(TopicStore topics, TopicPublisher publisher, SnsReads reads)
        : base("sns", "http://sns.amazonaws.com/doc/2010-03-31/")
    {
        (_topics, _publisher) = (topics, publisher);
        Add("Publish", ReadPublish);
        Add("ListTopics", reads.ListTopics);
        Add("GetTopicAttributes", reads.GetTopicAttributes);
        Add("ListSubscriptions", reads.ListSubscriptions);
        Add("ListSubscriptionsByTopic", reads.ListSubscriptionsByTopic);
    }

    public override ServiceError Denial(AccessRefusal refusal) => refusal.IsOfKey
        ? new("KMSAccessDenied", refusal.Sentence)
        : new("AuthorizationError", refusal.Sentence, 403);

    private Operation ReadPublish(QueryCall call)
    {
        if (call.Field("PhoneNumber") is not null) throw ServiceError.Unsupported(Name, "Publish to a phone number");
        var topic = _topics.Get(call.Field("TopicArn") ?? call.Field("TargetArn"));
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

    private static Dictionary<string, string> ReadStructure(string message)
    {
        try
        {
            var texts = ForeignJson.Object(message)!.ToDictionary(
                pair => pair.Key, pair => pair.Value!.GetValue<string>());
            if (texts.ContainsKey("default")) return texts;
        }
        catch (Exception broken) when (
            broken is ArgumentNullException or InvalidOperationException or NullReferenceException)
        {
            throw SnsErrors.InvalidParameter("Message Structure - JSON message body failed to parse");
        }
        throw SnsErrors.InvalidParameter("Message Structure - No default entry in JSON message body");
    }
}
