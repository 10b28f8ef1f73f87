using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Services.Sns;

/// <summary>What was published, and the forms in which subscribers get it.</summary>
/// <param name="Attributes">name → { Type, Value }, as in the envelope.</param>
/// <param name="ByProtocol">Texts for single protocols (MessageStructure json); the others get
/// <paramref name="Message"/>.</param>
internal sealed record Notification(
    string MessageId,
    string TopicArn,
    string? Subject,
    string Message,
    JsonObject Attributes,
    IReadOnlyDictionary<string, string> ByProtocol,
    DateTimeOffset At)
{
    public string TextFor(string protocol) => ByProtocol.GetValueOrDefault(protocol) ?? Message;

    /// <summary>
    /// The envelope a queue gets. Signature and its certificate are left out: there is no key of SNS's here to sign
    /// with.
    /// </summary>
    public string ForQueue() => Envelope("sqs").ToJsonString(JsonText.Plain);

    /// <summary>The event a function gets.</summary>
    public string ForFunction(Subscription subscription) => new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["EventVersion"] = "1.0",
            ["EventSubscriptionArn"] = subscription.Arn,
            ["Sns"] = Envelope("lambda"),
        }),
    }.ToJsonString(JsonText.Plain);

    private JsonObject Envelope(string protocol)
    {
        var envelope = new JsonObject
        {
            ["Type"] = "Notification",
            [nameof(MessageId)] = MessageId,
            [nameof(TopicArn)] = TopicArn,
        };
        if (Subject is not null) envelope[nameof(Subject)] = Subject;
        envelope[nameof(Message)] = TextFor(protocol);
        envelope["Timestamp"] = IsoTime.Milliseconds(At);
        if (Attributes.Count > 0) envelope["MessageAttributes"] = Attributes.DeepClone();
        return envelope;
    }
}
