using System.Globalization;
using Lapstack.Access;
using Lapstack.Delivery;
using Lapstack.Ground;

namespace Lapstack.Services.Scheduler;

/// <summary>
/// One attempt to bring a planned time to its queue as the schedule's role, and what follows from its end.
/// </summary>
internal sealed class ScheduleSender(
    ServiceSender sender, IAuthorizer authorizer, Account account, TimeProvider clock, Ids ids, Activity activity)
{
    private static readonly Dictionary<string, string> NoAttributes = [];

    /// <summary>
    /// Null when it is over, by delivery or by giving up; otherwise the delivery as it is to be tried again.
    /// </summary>
    public async Task<PlannedDelivery?> AttemptAsync(
        SchedulerTask schedule, PlannedDelivery delivery, CancellationToken cancellation)
    {
        var role = ScheduleRole.Assume(authorizer, account, schedule.RoleArn, schedule.Arn);
        var body = Fill(schedule, delivery);
        try
        {
            if (await sender.ToQueueAsync(
                role, schedule.Arn, schedule.TargetArn, body, NoAttributes, cancellation) is not { } refusal)
            {
                return null;
            }

            // A target that is missing or forbidden stays so.
            await GiveUpAsync(schedule, delivery, body, refusal, null, cancellation);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var now = clock.GetUtcNow();
            if (schedule.Retry.Exhausted(delivery.Failures, now - delivery.PlannedAt) is { } limit)
            {
                await GiveUpAsync(
                    schedule,
                    delivery,
                    body,
                    new DeliveryRefusal("ERROR_FROM_TARGET", failure.Message),
                    limit,
                    cancellation);
                return null;
            }
            var failures = delivery.Failures + 1;
            return delivery with
            {
                Failures = failures,
                NextAttemptAt = now + RetryPolicy.PauseAfter(failures, ids.Fraction()),
            };
        }
    }

    /// <summary>https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html</summary>
    private static string Fill(SchedulerTask schedule, PlannedDelivery delivery) => schedule.Input
        .Replace("<aws.scheduler.schedule-arn>", schedule.Arn, StringComparison.Ordinal)
        .Replace("<aws.scheduler.scheduled-time>", IsoTime.Seconds(delivery.PlannedAt), StringComparison.Ordinal)
        .Replace("<aws.scheduler.execution-id>", delivery.Id, StringComparison.Ordinal)
        .Replace(
            "<aws.scheduler.attempt-number>",
            (delivery.Failures + 1).ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);

    private async Task GiveUpAsync(
        SchedulerTask schedule, PlannedDelivery delivery, string body, DeliveryRefusal reason, string? limit,
        CancellationToken cancellation)
    {
        var fate = "The planned time is lost: the schedule has no dead-letter queue.";
        if (schedule.DeadLetterArn is { } dead)
        {
            var attributes = new Dictionary<string, string>
            {
                ["SCHEDULE_ARN"] = schedule.Arn,
                ["TARGET_ARN"] = schedule.TargetArn,
                ["ERROR_CODE"] = reason.Code,
                ["ERROR_MESSAGE"] = reason.Message,
                ["SCHEDULED_TIME"] = IsoTime.Seconds(delivery.PlannedAt),
                ["RETRY_ATTEMPTS"] = delivery.Failures.ToString(CultureInfo.InvariantCulture),
            };
            if (limit is not null) attributes["EXHAUSTED_RETRY_CONDITION"] = limit;
            var refusal = await sender.ToQueueAsync(
                ScheduleRole.Assume(authorizer, account, schedule.RoleArn, schedule.Arn), schedule.Arn, dead, body,
                attributes, cancellation);
            fate = refusal is null ? $"It went to {dead}." : $"It is lost: {refusal.Message}";
        }
        activity.Report(
            "Scheduler",
            "Undelivered",
            $"{schedule.Name} to {schedule.TargetArn}: {reason.Code}: {reason.Message} {fate}");
    }
}
