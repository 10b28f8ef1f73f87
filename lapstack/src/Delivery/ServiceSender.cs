using System.Text;
using Lapstack.Access;
using Lapstack.Ports;

namespace Lapstack.Delivery;

/// <summary>
/// Sends to queues and functions as an AWS service does: only where the target's own policy, or the role the service
/// was given, allows it. An exception means the target failed, and another attempt may succeed.
/// </summary>
internal sealed class ServiceSender(IQueues queues, IFunctions functions, IAuthorizer authorizer)
{
    /// <param name="sourceArn">The rule or topic that sends: what policies call aws:SourceArn.</param>
    /// <param name="attributes">Message attributes of type String.</param>
    public async Task<DeliveryRefusal?> ToQueueAsync(
        Caller sender, string sourceArn, string queueArn, string body, IReadOnlyDictionary<string, string> attributes,
        CancellationToken cancellation)
    {
        if (!queues.Exists(queueArn)) return DeliveryRefusal.NoResource(queueArn);
        if (Refusal(sender, "sqs:SendMessage", queueArn, sourceArn) is { } refusal) return refusal;
        await queues.SendAsync(queueArn, body, attributes, sender, cancellation);
        return null;
    }

    /// <summary>
    /// Asynchronously, as services invoke: success means Lambda has accepted it, and what the function does with it is
    /// Lambda's business.
    /// </summary>
    public async Task<DeliveryRefusal?> ToFunctionAsync(
        Caller sender, string sourceArn, string functionArn, string payload, CancellationToken cancellation)
    {
        if (!functions.Exists(functionArn)) return DeliveryRefusal.NoResource(functionArn);
        if (Refusal(sender, "lambda:InvokeFunction", functionArn, sourceArn) is { } refusal) return refusal;
        await functions.InvokeAsync(functionArn, Encoding.UTF8.GetBytes(payload), InvocationType.Event, cancellation);
        return null;
    }

    public DeliveryRefusal? Refusal(Caller sender, string action, string targetArn, string sourceArn)
    {
        var context = new Dictionary<string, string[]> { ["aws:SourceArn"] = [sourceArn] };
        return authorizer.Refusal(sender, new AccessRequest(action, targetArn, context)) is { } refusal
            ? DeliveryRefusal.NoPermissions(refusal.Sentence)
            : null;
    }
}
