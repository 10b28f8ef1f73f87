using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Tests.Unit.House;

/// <summary>A file of a project, with what its syntax says.</summary>
/// <param name="path">Relative to the project, with slashes.</param>
internal sealed class SourceFile(string path, string text)
{
    private readonly CompilationUnitSyntax _root = CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();
    private HashSet<string>? _values;

    public string Path => path;

    /// <summary>Empty for the project's own.</summary>
    public string Folder { get; } = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";

    /// <summary>Types that it declares in a namespace, not in another type.</summary>
    public IEnumerable<DeclaredType> Types => Nodes<MemberDeclarationSyntax>()
        .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        .Where(member => member.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
        .Select(member => new DeclaredType(this, Namespace, NameOf(member), ArityOf(member)));

    /// <summary>Names of its extension methods.</summary>
    public IEnumerable<string> Extensions => Nodes<MethodDeclarationSyntax>()
        .Where(
            method => method.ParameterList.Parameters is [var first, ..] && first.Modifiers.Any(SyntaxKind.ThisKeyword))
        .Select(method => method.Identifier.Text);

    /// <summary>Empty for none.</summary>
    public string Namespace => Nodes<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";

    /// <summary>Imported namespaces.</summary>
    public IEnumerable<string> Imports => Nodes<UsingDirectiveSyntax>()
        .Where(import => import.Alias is null && import.StaticKeyword == default)
        .Select(import => import.NamespaceOrType.ToString());

    /// <summary>Types in the whole that <c>using static</c> and aliases name.</summary>
    public IEnumerable<NameSyntax> Aliased => Nodes<UsingDirectiveSyntax>()
        .Where(import => import.Alias is not null || import.StaticKeyword != default)
        .Select(import => import.NamespaceOrType).OfType<NameSyntax>();

    /// <summary>
    /// Names of its members, parameters and variables: such a name in an expression is hardly a type's.
    /// </summary>
    public IReadOnlySet<string> Values => _values ??= Nodes<SyntaxNode>().Select(node => node switch
    {
        PropertyDeclarationSyntax property => property.Identifier.Text,
        ParameterSyntax parameter => parameter.Identifier.Text,
        VariableDeclaratorSyntax variable => variable.Identifier.Text,
        SingleVariableDesignationSyntax variable => variable.Identifier.Text,
        _ => "",
    }).ToHashSet();

    /// <param name="project">Its folder.</param>
    public static SourceFile Read(string project, string file) =>
        new(System.IO.Path.GetRelativePath(project, file).Replace('\\', '/'), File.ReadAllText(file));

    /// <summary>All of a kind, in code and not in comments.</summary>
    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => _root.DescendantNodes().OfType<T>();

    private static string NameOf(MemberDeclarationSyntax member) => member is DelegateDeclarationSyntax type
        ? type.Identifier.Text
        : ((BaseTypeDeclarationSyntax)member).Identifier.Text;

    private static int ArityOf(MemberDeclarationSyntax member) => member switch
    {
        TypeDeclarationSyntax type => type.Arity,
        DelegateDeclarationSyntax type => type.Arity,
        _ => 0,
    };
}
