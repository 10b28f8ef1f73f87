using System.Text.Json.Nodes;
using Lapstack.Delivery;
using Lapstack.Patterns;

namespace Lapstack.Services.Events;

/// <summary>Where a rule sends what it matches.</summary>
/// <param name="RoleArn">The role EventBridge sends as; null: as itself, by the target's own policy.</param>
/// <param name="DeadLetterArn">The queue for what cannot be delivered; null for none.</param>
/// <param name="Declared">As in the template, which is also what ListTargetsByRule answers.</param>
internal sealed record RuleTarget(
    string Id, string Arn, string? RoleArn, TargetInput Input, RetryPolicy Retry, string? DeadLetterArn,
    JsonObject Declared);
