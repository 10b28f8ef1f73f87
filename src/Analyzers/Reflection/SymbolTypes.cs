using Microsoft.CodeAnalysis;

namespace Jobs.Analyzers.Reflection;

/// <summary>
/// The types of a compilation as reflection has them, so that what reads declarations reads source too. A type of Sdk
/// or Core that is compiled in here is itself; each other one is one <see cref="SymbolType"/>.
/// </summary>
internal sealed class SymbolTypes
{
    private static readonly string[] Own = ["Jobs.Sdk", "Jobs.Core"];

    private readonly Dictionary<ITypeSymbol, Type> _types = new(SymbolEqualityComparer.Default);

    public Type Of(ITypeSymbol symbol)
    {
        if (!_types.TryGetValue(symbol, out var type))
        {
            _types[symbol] = type = Known(symbol) ?? new SymbolType(this, symbol, [.. WrittenAttribute.Of(symbol)]);
        }

        return type;
    }

    /// <summary>The type itself; null when it is the author's, or has arguments that are.</summary>
    public static Type? Known(ITypeSymbol symbol) =>
        symbol is INamedTypeSymbol { ContainingType: null } named
        && SymbolEqualityComparer.Default.Equals(named, named.OriginalDefinition)
        && Own.Contains(symbol.ContainingAssembly?.Name)
        && symbol.ContainingNamespace.ToDisplayString() == nameof(Jobs)
            ? typeof(SymbolTypes).Assembly.GetType($"{nameof(Jobs)}.{symbol.MetadataName}")
            : null;
}
