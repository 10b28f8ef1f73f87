using System.Text.Json.Nodes;
using Lapstack.Delivery;
using Lapstack.Schedules;

namespace Lapstack.Services.Scheduler;

/// <summary>A schedule of EventBridge Scheduler.</summary>
/// <param name="TargetArn">The queue that it sends to.</param>
/// <param name="RoleArn">The role it sends as.</param>
/// <param name="Input">What it sends, with context attributes such as
/// <c>&lt;aws.scheduler.scheduled-time&gt;</c>.</param>
/// <param name="DeadLetterArn">The queue for what cannot be delivered; null for none.</param>
/// <param name="MadeAt">When it was first made: a rate counts its periods from there.</param>
/// <param name="Declared">As in the template, whose members are also those of the API.</param>
internal sealed record SchedulerTask(
    string Name,
    string Arn,
    Schedule Times,
    string TargetArn,
    string RoleArn,
    string Input,
    RetryPolicy Retry,
    string? DeadLetterArn,
    bool IsEnabled,
    DateTimeOffset MadeAt,
    JsonObject Declared)
{
    /// <summary>A schedule that names no group is in <c>default</c>.</summary>
    public string Group => Arn.Split('/')[1];
}
