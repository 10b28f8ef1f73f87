using System.Text.Json.Nodes;
using Lapstack.State;
using Lapstack.Template;

namespace Lapstack.Services.Sns;

/// <summary>Reads a subscription from the template and refuses what the emulator cannot deliver.</summary>
internal static class SubscriptionReader
{
    public static Subscription Read(string logicalId, string topicArn, JsonObject properties)
    {
        var protocol = properties["Protocol"]?.ToString() ?? "";
        if (protocol is not ("email" or "sqs" or "lambda"))
            throw Refused(logicalId, $"protocol '{protocol}' is not supported; use email, sqs or lambda");
        foreach (var name in (string[])["DeliveryPolicy", "ReplayPolicy"])
            if (properties.ContainsKey(name)) throw Refused(logicalId, $"{name} is not supported");
        var endpoint = properties["Endpoint"]?.ToString() ?? throw Refused(logicalId, "Endpoint is missing");
        return new Subscription(
            $"{topicArn}:{Uuid(FileNames.Hash($"{topicArn}/{protocol}/{endpoint}"))}",
            topicArn,
            protocol,
            endpoint,
            properties["RawMessageDelivery"]?.ToString() == "true",
            properties["RedrivePolicy"]?["deadLetterTargetArn"]?.ToString(),
            Filter(logicalId, properties));
    }

    private static SubscriptionFilter? Filter(string logicalId, JsonObject properties)
    {
        if (properties["FilterPolicy"] is not { } policy) return null;
        try
        {
            return policy is JsonObject fields
                ? SubscriptionFilter.Read(fields, properties["FilterPolicyScope"]?.ToString())
                : throw new FormatException("FilterPolicy is not an object");
        }
        catch (FormatException e)
        {
            throw Refused(logicalId, e.Message);
        }
    }

    private static string Uuid(string hash) =>
        $"{hash[..8]}-{hash[8..12]}-{hash[12..16]}-{hash[16..20]}-{hash[20..32]}";

    private static TemplateException Refused(string logicalId, string reason) =>
        new($"{logicalId} (AWS::SNS::Subscription): {reason}. Change the subscription, or use real AWS.");
}
