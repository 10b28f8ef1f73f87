using Lapstack.Delivery;
using Lapstack.Schedules;

namespace Lapstack.Services.Scheduler;

/// <summary>A schedule of EventBridge Scheduler.</summary>
/// <param name="TargetArn">The queue that it sends to.</param>
/// <param name="RoleArn">The role it sends as.</param>
/// <param name="Input">What it sends, with context attributes such as <c>&lt;aws.scheduler.scheduled-time&gt;</c>.</param>
/// <param name="DeadLetterArn">The queue for what cannot be delivered; null for none.</param>
internal sealed record SchedulerTask(
    string Name, string Arn, Schedule Times, string TargetArn, string RoleArn, string Input, RetryPolicy Retry, string? DeadLetterArn, bool IsEnabled);
