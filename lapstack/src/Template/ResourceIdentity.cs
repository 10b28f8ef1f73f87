using System.Text.Json.Nodes;

namespace Lapstack.Template;

/// <summary>What a resource is called from outside.</summary>
/// <param name="Ref">What <c>{"Ref": …}</c> gives: the physical id.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> gives, by attribute name (<c>Arn</c>, <c>QueueName</c>). Text, or an
/// array of text.</param>
public sealed record ResourceIdentity(string Ref, IReadOnlyDictionary<string, JsonNode> Attributes)
{
    public ResourceIdentity(string @ref, params (string Name, string Value)[] attributes)
        : this(
            @ref,
            attributes.ToDictionary(a => a.Name, a => (JsonNode)JsonValue.Create(a.Value), StringComparer.Ordinal))
    {
    }
}
