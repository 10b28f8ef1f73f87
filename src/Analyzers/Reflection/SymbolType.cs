using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Jobs.Analyzers.Reflection;

/// <summary>A type of a compilation, as far as what reads declarations asks reflection about it.</summary>
/// <param name="attributes">Its own, or others to see what becomes of it with them.</param>
internal sealed class SymbolType(
    SymbolTypes types, ITypeSymbol symbol, IReadOnlyList<WrittenAttribute> attributes) : TypeDelegator(typeof(object))
{
    private INamedTypeSymbol? Named => symbol as INamedTypeSymbol;

    public override string Name =>
        symbol is IArrayTypeSymbol array ? $"{types.Of(array.ElementType).Name}[]" : symbol.MetadataName;

    public override string? Namespace =>
        symbol.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : null;

    public override string FullName => symbol switch
    {
        IArrayTypeSymbol array => $"{types.Of(array.ElementType).FullName}[]",
        { ContainingType: { } outer } => $"{types.Of(outer.OriginalDefinition).FullName}+{Name}",
        _ => Namespace is { } space ? $"{space}.{Name}" : Name,
    };

    public override bool IsGenericType => GetGenericArguments().Length > 0;

    public override bool ContainsGenericParameters =>
        symbol is ITypeParameterSymbol || Array.Exists(GetGenericArguments(), one => one.ContainsGenericParameters);

    public override Type UnderlyingSystemType => this;

    public override Type[] GetInterfaces() => [.. symbol.AllInterfaces.Select(types.Of)];

    public override Type GetGenericTypeDefinition() => types.Of(symbol.OriginalDefinition);

    /// <summary>As reflection has them: those of the types around it first.</summary>
    public override Type[] GetGenericArguments() => Named is null
        ? []
        : [.. Around(Named).Reverse().SelectMany(one => one.TypeArguments).Select(types.Of)];

    public override object[] GetCustomAttributes(bool inherit) => GetCustomAttributes(typeof(Attribute), inherit);

    /// <summary>
    /// Makes none but those that are asked for: jobs that come after each other are named by their attributes.
    /// </summary>
    /// <returns>An array of the type that is asked for: reflection casts it.</returns>
    public override object[] GetCustomAttributes(Type attributeType, bool inherit)
    {
        var made = Written(attributeType).Select(one => one.Make(types)).ToArray();
        var typed = Array.CreateInstance(attributeType, made.Length);
        made.CopyTo(typed, 0);
        return (object[])typed;
    }

    public override bool IsDefined(Type attributeType, bool inherit) => Written(attributeType).Any();

    public override string ToString() => IsGenericType
        ? $"{FullName}[{string.Join(",", GetGenericArguments().Select(one => one.ToString()))}]"
        : symbol is ITypeParameterSymbol ? Name : FullName;

    protected override TypeAttributes GetAttributeFlagsImpl() =>
        symbol.IsAbstract || symbol.IsStatic ? TypeAttributes.Abstract : default;

    private IEnumerable<WrittenAttribute> Written(Type type) =>
        attributes.Where(one => type.IsAssignableFrom(one.Type));

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (var one = type; one is not null; one = one.ContainingType) yield return one;
    }
}
