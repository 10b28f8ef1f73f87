using Jobs.Core.Definitions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Analyzers;

/// <summary>Where an attribute and its arguments stand in the source.</summary>
internal static class Places
{
    /// <summary>The argument that sets a member; null when the attribute is not source.</summary>
    public static Location? Of(AttributeData attribute, string member) =>
        Arguments(attribute).FirstOrDefault(one => one.NameEquals?.Name.Identifier.ValueText == member)?.GetLocation();

    /// <summary>The argument whose text an error quotes, else the attribute; null when it is not source.</summary>
    public static Location? Of(AttributeData attribute, DefinitionError error)
    {
        var member = attribute.NamedArguments.FirstOrDefault(one => IsQuoted(one.Value, error)).Key;
        if (member is not null) return Of(attribute, member);
        var quoted = attribute.ConstructorArguments.ToList().FindIndex(one => IsQuoted(one, error));
        var written = Arguments(attribute).Where(one => one.NameEquals is null).ElementAtOrDefault(quoted);
        return (written ?? Syntax(attribute))?.GetLocation();
    }

    private static bool IsQuoted(TypedConstant argument, DefinitionError error) =>
        argument is { Kind: TypedConstantKind.Primitive, Value: string { Length: > 0 } text }
        && error.Value.StartsWith(text, StringComparison.Ordinal);

    private static IEnumerable<AttributeArgumentSyntax> Arguments(AttributeData attribute) =>
        (Syntax(attribute) as AttributeSyntax)?.ArgumentList?.Arguments ?? [];

    private static SyntaxNode? Syntax(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax();
}
