using System.Globalization;
using System.Text.Json.Nodes;

namespace Lapstack.Template;

/// <summary>A resource of a resolved stack.</summary>
/// <param name="Properties">With every intrinsic function resolved.</param>
/// <param name="Metadata">As in the template; CDK puts <c>aws:cdk:path</c> and <c>aws:asset:path</c> here.</param>
public sealed record StackResource(
    string LogicalId, string Type, JsonObject Properties, JsonObject Metadata, ResourceIdentity Identity)
{
    /// <summary>The physical id.</summary>
    public string Ref => Identity.Ref;

    /// <summary>A text attribute, which must exist.</summary>
    public string Attribute(string name) => Identity.Attributes[name].GetValue<string>();

    /// <summary>The named property as text (numbers and booleans in JSON's spelling), null when absent.</summary>
    public string? Text(string property) => Properties[property] is JsonValue value ? value.ToString() : null;

    /// <summary>The named property as a whole number, also from a string, null when absent.</summary>
    /// <exception cref="TemplateException">It is something else.</exception>
    public int? Number(string property) =>
        Text(property) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new TemplateException($"{LogicalId} ({Type}): {property} must be a whole number, but it is {text}.");
}
