namespace Lapstack.Patterns;

/// <summary>What an input template may say about the rule and the arrival, beside the event itself.</summary>
/// <param name="RuleArn">Replaces &lt;aws.events.rule-arn&gt;.</param>
/// <param name="RuleName">Replaces &lt;aws.events.rule-name&gt;.</param>
/// <param name="IngestionTime">When the bus received the event; replaces
/// &lt;aws.events.event.ingestion-time&gt;.</param>
public sealed record RuleFacts(string RuleArn, string RuleName, DateTimeOffset IngestionTime);
