using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Tests.Unit.House;

/// <summary>
/// Which file of a project uses which: it names a type that the other declares, or calls an extension method of it.
/// Read from syntax alone, with C#'s rules of what a file sees: its namespace and those around it, and what it imports.
/// </summary>
internal sealed class Arrows(IReadOnlyCollection<SourceFile> sources)
{
    private const string Suffix = "Attribute";

    private readonly ILookup<string, DeclaredType> _types =
        sources.SelectMany(source => source.Types).ToLookup(type => type.Name);

    private readonly ILookup<string, SourceFile> _extensions = sources
        .SelectMany(source => source.Extensions.Distinct().Select(name => (name, source)))
        .ToLookup(one => one.name, one => one.source);

    private readonly List<string> _globalImports =
    [
        .. sources.SelectMany(source => source.Nodes<UsingDirectiveSyntax>())
            .Where(import => import.GlobalKeyword != default).Select(import => import.NamespaceOrType.ToString()),
    ];

    public IEnumerable<Arrow> All() => sources
        .SelectMany(source => ByType(source).Concat(ByExtension(source)))
        .Where(arrow => arrow.From != arrow.To)
        .Distinct();

    private IEnumerable<Arrow> ByType(SourceFile source) =>
        from name in source.Nodes<SimpleNameSyntax>()
        where IsType(name, source)
        from type in TypesOf(name, source)
        select new Arrow(source, type.File, type.Name);

    private IEnumerable<Arrow> ByExtension(SourceFile source) =>
        from call in source.Nodes<InvocationExpressionSyntax>()
        let name = (call.Expression as MemberAccessExpressionSyntax)?.Name
            ?? (call.Expression as MemberBindingExpressionSyntax)?.Name
        where name is not null
        from target in _extensions[name.Identifier.Text]
        where Around(source.Namespace).Concat(Imports(source)).Contains(target.Namespace)
        select new Arrow(source, target, name.Identifier.Text);

    /// <summary>By where it stands: a member's name, or a value's, may be a type's as well.</summary>
    private static bool IsType(SimpleNameSyntax name, SourceFile source) => name.Parent switch
    {
        QualifiedNameSyntax or AliasQualifiedNameSyntax => true,
        MemberAccessExpressionSyntax access when access.Name == name => QualifierOf(name) is not null,
        MemberAccessExpressionSyntax => name is GenericNameSyntax || !source.Values.Contains(name.Identifier.Text),
        ConstantPatternSyntax or UsingDirectiveSyntax => true,
        _ => SyntaxFacts.IsInTypeOnlyContext(name) || SyntaxFacts.IsAttributeName(name),
    };

    private IEnumerable<DeclaredType> TypesOf(SimpleNameSyntax name, SourceFile source)
    {
        var arity = name is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments.Count : 0;
        DeclaredType[] called = [.. Called(name).Where(type => type.Arity == arity)];
        if (called.Length == 0) return [];
        if (QualifierOf(name) is { } qualifier)
        {
            var spaces = Around(source.Namespace).Select(space => Join(space, qualifier));
            return called.Where(type => spaces.Contains(type.Namespace));
        }

        // The nearest namespace wins; what is imported comes after all of them.
        var nearest = Around(source.Namespace).Select(space => called.Where(type => type.Namespace == space).ToArray())
            .FirstOrDefault(found => found.Length > 0);
        return nearest ?? called.Where(type => Imports(source).Contains(type.Namespace));
    }

    private IEnumerable<DeclaredType> Called(SimpleNameSyntax name) => SyntaxFacts.IsAttributeName(name)
        ? _types[name.Identifier.Text].Concat(_types[name.Identifier.Text + Suffix])
        : _types[name.Identifier.Text];

    private IEnumerable<string> Imports(SourceFile source) => source.Imports.Concat(_globalImports);

    /// <summary>What stands before it, if that may be a namespace: names with dots and nothing else.</summary>
    private static string? QualifierOf(SimpleNameSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified when qualified.Right == name => Plain(qualified.Left.ToString()),
        AliasQualifiedNameSyntax => "",
        MemberAccessExpressionSyntax access when access.Name == name && IsDotted(access.Expression) =>
            Plain(access.Expression.ToString()),
        _ => null,
    };

    private static bool IsDotted(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or AliasQualifiedNameSyntax => true,
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } access => IsDotted(access.Expression),
        _ => false,
    };

    private static string Plain(string qualifier) => qualifier.Replace("global::", "", StringComparison.Ordinal);

    /// <summary>A namespace, and those around it; last, that without a name.</summary>
    private static IEnumerable<string> Around(string space)
    {
        for (var end = space.Length; end > 0; end = space.LastIndexOf('.', end - 1)) yield return space[..end];
        yield return "";
    }

    private static string Join(string space, string qualifier) =>
        space.Length == 0 ? qualifier : $"{space}.{qualifier}";
}
