namespace Jobs.Tests.Unit.House;

/// <summary>One file uses what another declares.</summary>
/// <param name="Name">The type, or the extension method.</param>
internal sealed record Arrow(SourceFile From, SourceFile To, string Name);
