using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Template;

/// <summary>A resource as the template declares it, with every reference in its properties already resolved.</summary>
/// <param name="Properties">Resolved; an object, possibly empty. Do not change it.</param>
public sealed record ResourceDeclaration(
    string StackName, string LogicalId, string Type, JsonObject Properties, Account Account)
{
    /// <summary>The named property as text (numbers and booleans in JSON's spelling), null when absent.</summary>
    public string? Text(string property) => Properties[property] is JsonValue value ? value.ToString() : null;

    /// <summary>
    /// The name property when given, otherwise one like CloudFormation's: <c>Stack-LogicalId-1A2B3C4D5E6F</c>, always
    /// the same for the same stack and logical id, cut to <paramref name="maxLength"/>.
    /// </summary>
    public string NameOr(string property, int maxLength = 64) =>
        Text(property) ?? PhysicalName.For(StackName, LogicalId, maxLength);
}
