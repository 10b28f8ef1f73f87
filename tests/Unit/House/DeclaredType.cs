namespace Jobs.Tests.Unit.House;

/// <summary>A type of a project.</summary>
/// <param name="Arity">Number of its type parameters.</param>
internal sealed record DeclaredType(SourceFile File, string Namespace, string Name, int Arity);
