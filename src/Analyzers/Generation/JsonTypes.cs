using Microsoft.CodeAnalysis;

namespace Jobs.Analyzers.Generation;

/// <summary>The types that a JSON context knows: those it lists, and what is in them.</summary>
internal static class JsonTypes
{
    public const string Attribute = "System.Text.Json.Serialization.JsonSerializableAttribute";

    private const string Options = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";

    private const int SerializationOnly = 2;

    /// <summary>Whether a class is a context that the host can take.</summary>
    public static bool IsContext(INamedTypeSymbol type, Compilation compilation) =>
        Bases(type).Any(one => one.ToDisplayString() == "System.Text.Json.Serialization.JsonSerializerContext")
            && !type.IsAbstract && JobSymbols.IsNamed(type, compilation) && HasMetadata(type);

    public static IReadOnlyCollection<ITypeSymbol> Of(INamedTypeSymbol context)
    {
        var found = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var ahead = new Stack<ITypeSymbol>(Listed(context));
        while (ahead.Count > 0)
        {
            var type = ahead.Pop();
            if (!found.Add(type)) continue;
            foreach (var inner in In(type)) ahead.Push(inner);
        }

        return found;
    }

    private static IEnumerable<ITypeSymbol> Listed(ITypeSymbol context) =>
        from data in context.GetAttributes()
        where data.AttributeClass?.ToDisplayString() == Attribute
        select data.ConstructorArguments.FirstOrDefault() into argument
        where argument.Kind == TypedConstantKind.Type
        select argument.Value as ITypeSymbol into type
        where type is not null
        select type;

    /// <summary>A context that only writes as its own options say knows nothing that other options could use.</summary>
    private static bool HasMetadata(ITypeSymbol context) => !context.GetAttributes()
        .Where(data => data.AttributeClass?.ToDisplayString() == Options)
        .SelectMany(data => data.NamedArguments)
        .Any(one => one is { Key: "GenerationMode", Value.Value: SerializationOnly });

    private static IEnumerable<ITypeSymbol> In(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => [array.ElementType],
        INamedTypeSymbol named => named.TypeArguments.Concat(IsPlain(named) ? [] : Members(named)),
        _ => [],
    };

    /// <summary>.NET's own have converters, or are collections.</summary>
    private static bool IsPlain(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
            || type.ContainingNamespace?.ToDisplayString() is { } space
            && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));

    private static IEnumerable<ITypeSymbol> Members(INamedTypeSymbol type)
    {
        var derived = type.GetAttributes()
            .Where(data => data.AttributeClass?.Name == "JsonDerivedTypeAttribute")
            .Select(data => data.ConstructorArguments.FirstOrDefault().Value)
            .OfType<ITypeSymbol>();
        var held = Bases(type).SelectMany(one => one.GetMembers())
            .Where(member => !member.IsStatic && member.DeclaredAccessibility != Accessibility.Private)
            .Select(member => (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type)
            .OfType<ITypeSymbol>();
        return held.Concat(derived).Concat(type.AllInterfaces.SelectMany(one => one.TypeArguments));
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var one = type; one is not null; one = one.BaseType) yield return one;
    }
}
