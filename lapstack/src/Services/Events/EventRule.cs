using Lapstack.Patterns;
using Lapstack.Schedules;

namespace Lapstack.Services.Events;

/// <summary>A rule of a bus.</summary>
/// <param name="Bus">Name of the bus.</param>
/// <param name="Pattern">Null for a rule that only runs on a schedule.</param>
/// <param name="PatternText">The pattern as JSON text.</param>
/// <param name="Schedule">Null for a rule that only answers events.</param>
internal sealed record EventRule(
    string Bus,
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
    /// <summary>What the template's Ref of it gives, and no other rule has.</summary>
    public string Id => IdOf(Bus, Name);

    /// <summary>The targets by name, for people.</summary>
    public string TargetNames =>
        string.Join(", ", Targets.Select(target => target.Arn[(target.Arn.LastIndexOf(':') + 1)..]));

    /// <summary>
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-rule.html
    /// </summary>
    public static string IdOf(string bus, string name) => bus == EventBuses.Default ? name : $"{bus}|{name}";
}
