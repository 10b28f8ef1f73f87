using System.Text.Json.Nodes;

namespace Jobs.Tests.Infra;

/// <param name="Id">Logical id.</param>
/// <param name="Declaration">All of it: deletion policy, dependencies.</param>
internal sealed record Resource(string Id, string Type, JsonObject Properties, JsonObject Declaration)
{
    /// <summary>The property as readable text; null when absent.</summary>
    public string? this[string property] => Properties[property] is { } value ? Readable.Text(value) : null;
}
