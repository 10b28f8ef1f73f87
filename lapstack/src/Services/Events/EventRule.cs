using Lapstack.Patterns;
using Lapstack.Schedules;

namespace Lapstack.Services.Events;

/// <summary>A rule of the default bus.</summary>
/// <param name="Pattern">Null for a rule that only runs on a schedule.</param>
/// <param name="PatternText">The pattern as JSON text.</param>
/// <param name="Schedule">Null for a rule that only answers events.</param>
internal sealed record EventRule(
    string Name,
    string Arn,
    string? Description,
    string? RoleArn,
    bool IsEnabled,
    EventPattern? Pattern,
    string? PatternText,
    Schedule? Schedule,
    IReadOnlyList<RuleTarget> Targets)
{
    /// <summary>The targets by name, for people.</summary>
    public string TargetNames =>
        string.Join(", ", Targets.Select(target => target.Arn[(target.Arn.LastIndexOf(':') + 1)..]));
}
