namespace Lapstack.Template;

/// <summary>A template with everything resolved: what the emulator runs.</summary>
/// <param name="Resources">In the order they are created: each after what it refers to.</param>
/// <param name="Outputs">The stack's outputs by name.</param>
public sealed record Stack(
    string Name, IReadOnlyList<StackResource> Resources, IReadOnlyDictionary<string, string> Outputs)
{
    /// <summary>What the template declares and the emulator does not have.</summary>
    public IReadOnlyList<LeftOutResource> LeftOut { get; init; } = [];

    public IEnumerable<StackResource> OfType(string type) => Resources.Where(r => r.Type == type);
}
