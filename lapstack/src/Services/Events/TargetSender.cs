using System.Globalization;
using System.Text.Json;
using Lapstack.Access;
using Lapstack.Delivery;
using Lapstack.Ground;
using Lapstack.Patterns;
using Lapstack.Ports;

namespace Lapstack.Services.Events;

/// <summary>One attempt to bring an event to a target, and what follows from its end.</summary>
internal sealed class TargetSender(
    ServiceSender sender, ITopics topics, IAuthorizer authorizer, Account account, TimeProvider clock, Ids ids,
    Activity activity)
{
    private const string Service = "events.amazonaws.com";

    private static readonly Dictionary<string, string> NoAttributes = [];

    private readonly Caller _events = Caller.Service(Service, account.Id);

    /// <summary>
    /// Null when it is over, by delivery or by giving up; otherwise the delivery as it is to be tried again.
    /// </summary>
    public async Task<PendingDelivery?> AttemptAsync(
        EventRule rule, RuleTarget target, PendingDelivery delivery, CancellationToken cancellation)
    {
        try
        {
            // A target that is missing or forbidden stays so: the event goes to the dead-letter queue at once.
            if (await SendAsync(rule, target, delivery, cancellation) is not { } refusal) return null;
            await GiveUpAsync(rule, target, delivery, refusal, [], cancellation);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return await AfterFailureAsync(rule, target, delivery, failure, cancellation);
        }
    }

    private async Task<DeliveryRefusal?> SendAsync(
        EventRule rule, RuleTarget target, PendingDelivery delivery, CancellationToken cancellation)
    {
        using var @event = JsonDocument.Parse(delivery.Event);
        var input = target.Input.Of(@event.RootElement, new RuleFacts(rule.Arn, rule.Name, delivery.AcceptedAt));
        var session = $"events-{rule.Name}"[..Math.Min(64, rule.Name.Length + 7)];
        var caller = target.RoleArn is { } role ? authorizer.Assume(Service, role, session, rule.Arn) : _events;
        if (caller is null)
        {
            return DeliveryRefusal.NoPermissions(
                $"User: {Service} is not authorized to perform: {RoleAssumption.Action} on resource: {target.RoleArn}");
        }

        return target.Arn.Split(':')[2] switch
        {
            "sqs" => await sender.ToQueueAsync(caller, rule.Arn, target.Arn, input, NoAttributes, cancellation),
            "lambda" => await sender.ToFunctionAsync(caller, rule.Arn, target.Arn, input, cancellation),
            "sns" => await ToTopicAsync(caller, rule, target, input, cancellation),
            var other =>
                throw new InvalidOperationException(
                    $"A target of service {other} should have been refused when the rule was made."),
        };
    }

    private async Task<DeliveryRefusal?> ToTopicAsync(
        Caller caller, EventRule rule, RuleTarget target, string input, CancellationToken cancellation)
    {
        if (!topics.Exists(target.Arn)) return DeliveryRefusal.NoResource(target.Arn);
        if (sender.Refusal(caller, "sns:Publish", target.Arn, rule.Arn) is { } refusal) return refusal;
        await topics.PublishAsync(target.Arn, subject: null, input, cancellation);
        return null;
    }

    private async Task<PendingDelivery?> AfterFailureAsync(
        EventRule rule, RuleTarget target, PendingDelivery delivery, Exception failure, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (target.Retry.Exhausted(delivery.Failures, now - delivery.AcceptedAt) is { } limit)
        {
            await GiveUpAsync(rule, target, delivery, new DeliveryRefusal("ERROR_FROM_TARGET", failure.Message),
                [
                    new("EXHAUSTED_RETRY_CONDITION", limit),
                    new("RETRY_ATTEMPTS", delivery.Failures.ToString(CultureInfo.InvariantCulture)),
                ],
                cancellation);
            return null;
        }
        var failures = delivery.Failures + 1;
        var pause = RetryPolicy.PauseAfter(failures, ids.Fraction());
        activity.Report(
            "EventBridge",
            "Retry",
            $"{rule.Name} to {target.Arn}: {failure.Message} Again in {pause.TotalSeconds:F1} s.");
        return delivery with { Failures = failures, NextAttemptAt = now + pause };
    }

    /// <summary>
    /// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html for the attributes.
    /// </summary>
    private async Task GiveUpAsync(
        EventRule rule, RuleTarget target, PendingDelivery delivery, DeliveryRefusal reason,
        IEnumerable<KeyValuePair<string, string>> more, CancellationToken cancellation)
    {
        var fate = "The event is lost: the target has no dead-letter queue.";
        if (target.DeadLetterArn is { } dead)
        {
            Dictionary<string, string> attributes = new(more)
            {
                ["RULE_ARN"] = rule.Arn,
                ["TARGET_ARN"] = target.Arn,
                ["ERROR_CODE"] = reason.Code,
                ["ERROR_MESSAGE"] = reason.Message,
            };
            var refusal = await sender.ToQueueAsync(_events, rule.Arn, dead, delivery.Event, attributes, cancellation);
            fate = refusal is null ? $"The event went to {dead}." : $"The event is lost: {refusal.Message}";
        }
        activity.Report(
            "EventBridge", "Undelivered", $"{rule.Name} to {target.Arn}: {reason.Code}: {reason.Message} {fate}");
    }
}
