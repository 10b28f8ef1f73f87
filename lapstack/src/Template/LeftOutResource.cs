namespace Lapstack.Template;

/// <summary>A resource of a type that the emulator does not have, and that no other resource refers to.</summary>
public sealed record LeftOutResource(string LogicalId, string Type);
