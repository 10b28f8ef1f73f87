using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Tests.Unit.House;

/// <summary>Reads the source as a reviewer would, and stops at the same things.</summary>
public sealed class TidyTests
{
    private const int MaxFileLines = 500;
    private const int MaxMethodLines = 80;
    private const int MaxColumns = 120;
    private const int LongLiteral = 60;

    private static readonly string[] Unfinished =
    [
        string.Concat("TO", "DO"), string.Concat("FIX", "ME"), string.Concat("NotImplemented", "Exception"),
    ];

    private static readonly IReadOnlyList<(string File, SyntaxNode Tree)> Sources =
        [.. Repository.SourceFiles("src", "lapstack", "infra-cdk", "samples", "tests", "bench")
            .Select(file => (Repository.Relative(file), CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()))];

    [Fact]
    public void Files_are_short_enough_to_be_read_at_once() => AssertNone(
        from source in Sources
        let lines = LinesOf(source.Tree)
        where lines > MaxFileLines
        select $"{source.File} has {lines} lines.");

    [Fact]
    public void Methods_are_short_enough_to_be_seen_whole() => AssertNone(
        from source in Sources
        from method in source.Tree.DescendantNodes()
        where method is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        where method is not MethodDeclarationSyntax { ReturnType: GenericNameSyntax { Identifier.Text: "TheoryData" } }
        let lines = LinesOf(method, method.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault()?.Span.End)
        where lines > MaxMethodLines
        select $"{source.File}: {method.ToString().Split('\n')[0]} has {lines} lines.");

    [Fact]
    public void File_has_one_public_type_and_is_named_after_it() => AssertNone(
        from source in Sources
        where !source.File.StartsWith("tests", StringComparison.Ordinal)
            && !source.File.StartsWith("lapstack/tests", StringComparison.Ordinal)
        let types = source.Tree.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Where(
                member =>
                    member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
                        && member.Modifiers.Any(SyntaxKind.PublicKeyword))
            .Select(NameOf).Distinct().ToList()
        where types.Count > 1 || (types.Count == 1 && Path.GetFileName(source.File).Split('.')[0] != types[0])
        select $"{source.File} has {string.Join(", ", types)}.");

    [Fact]
    public void Nothing_is_left_for_later() => AssertNone(
        from source in Sources
        from line in source.Tree.ToFullString().Split('\n')
        where Unfinished.Any(word => line.Contains(word, StringComparison.Ordinal))
        select $"{source.File}: {line.Trim()}");

    [Fact]
    public void Lines_fit_into_120_columns() => AssertNone(
        from source in Sources
        from line in source.Tree.GetText().Lines
        where line.Span.Length > MaxColumns && !IsData(source.Tree, line)
        select $"{source.File}:{line.LineNumber + 1} has {line.Span.Length} columns.");

    /// <summary>An address or a long literal of test data is not cut.</summary>
    private static bool IsData(SyntaxNode tree, TextLine line) =>
        line.ToString().Contains("://", StringComparison.Ordinal)
        || tree.DescendantNodes(line.Span)
            .Where(node => node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax)
            .Any(literal => literal.Span.Intersection(line.Span) is { Length: >= LongLiteral });

    private static int LinesOf(SyntaxNode node, int? after = null)
    {
        var text = node.SyntaxTree.GetText().Lines;
        return text.GetLineFromPosition(node.Span.End).LineNumber - text.GetLineFromPosition(
            after ?? node.SpanStart).LineNumber + 1;
    }

    private static void AssertNone(IEnumerable<string> offences)
    {
        var all = string.Join('\n', offences);
        Assert.True(all.Length == 0, all);
    }

    private static string NameOf(MemberDeclarationSyntax member) =>
        member is DelegateDeclarationSyntax type
            ? type.Identifier.Text
            : ((BaseTypeDeclarationSyntax)member).Identifier.Text;
}
