using Jobs.Analyzers.Reflection;
using Microsoft.CodeAnalysis;

namespace Jobs.Analyzers.Generation;

/// <summary>What a class of a compilation is to the host.</summary>
internal static class JobSymbols
{
    /// <summary>What makes a class a job, an IJob or an IMessageHandler; with several it cannot be one.</summary>
    public static IReadOnlyList<INamedTypeSymbol> ContractsOf(INamedTypeSymbol type) =>
        [.. type.AllInterfaces.Where(one => Is(one, "IJob`2") || IsHandler(one))];

    public static bool IsHandler(INamedTypeSymbol contract) => Is(contract, "IMessageHandler`1");

    /// <summary>Whether the host looks at it: it is a job, or is marked as one.</summary>
    public static bool IsMeant(INamedTypeSymbol type) => type.TypeKind == TypeKind.Class
        && (WrittenAttribute.Of(type).Any() || (!type.IsAbstract && ContractsOf(type).Count > 0));

    /// <summary>Its contract, if code of the same assembly can register it; null if it cannot.</summary>
    public static INamedTypeSymbol? Registrable(INamedTypeSymbol type, Compilation compilation) =>
        !type.IsAbstract && !IsGeneric(type) && IsNamed(type, compilation)
            && ContractsOf(type) is [var contract] && IsNamed(contract, compilation)
            ? contract
            : null;

    /// <summary>Whether code of the same assembly can name a type, each of its parts included.</summary>
    public static bool IsNamed(INamedTypeSymbol type, Compilation compilation) =>
        compilation.IsSymbolAccessibleWithin(type, compilation.Assembly)
            && Around(type).All(one => !one.IsFileLocal);

    public static string NameOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static bool IsGeneric(INamedTypeSymbol type) => Around(type).Any(one => one.TypeParameters.Length > 0);

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (var one = type; one is not null; one = one.ContainingType) yield return one;
    }

    private static bool Is(INamedTypeSymbol type, string name) =>
        type.MetadataName == name
            && type.ContainingAssembly?.Name == "Jobs.Sdk"
            && type.ContainingNamespace.ToDisplayString() == nameof(Jobs);
}
