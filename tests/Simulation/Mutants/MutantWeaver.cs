using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Tests.Simulation.Mutants;

/// <summary>
/// Writes many mutants into one file: a body that has mutants becomes a choice between them and itself, by
/// <c>Mutation.Active</c>. So all are compiled once, and run without the runtime loading Core for each.
/// </summary>
internal static class MutantWeaver
{
    /// <summary>The class that says which mutant is awake; 0 is none.</summary>
    public const string Switch = "Jobs.Core.Mutation";

    /// <summary>To be compiled with what was woven.</summary>
    public const string SwitchSource = "namespace Jobs.Core; public static class Mutation { public static int Active; }";

    /// <summary>The body of a method, or of a property that only reads, in which all of the place lies.</summary>
    /// <returns>Null: it lies in none, as an initial value of a field does.</returns>
    public static SyntaxNode? BodyAt(SyntaxNode root, TextSpan place) => root.FindNode(place).AncestorsAndSelf()
        .Select(
            node => node switch
            {
                BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
                PropertyDeclarationSyntax property => property.ExpressionBody,
                _ => null,
            })
        .FirstOrDefault(body => body is not null && body.Span.Contains(place));

    /// <param name="text">The file's.</param>
    /// <param name="edits">By body, what the mutants put where in the file, with their numbers.</param>
    public static string Weave(
        string text, ILookup<SyntaxNode, (int Number, TextSpan Place, string Replacement)> edits)
    {
        foreach (var body in edits.OrderByDescending(edit => edit.Key.SpanStart))
        {
            var span = body.Key.Span;
            var original = text[span.Start..span.End];
            var choice = string.Concat(
                body.Select(
                    edit =>
                        string.Create(CultureInfo.InvariantCulture, $"if ({Switch}.Active == {edit.Number}) ")
                            + Block(body.Key, original[..(edit.Place.Start - span.Start)] + edit.Replacement
                                + original[(edit.Place.End - span.Start)..])
                            + " else "))
                + Block(body.Key, original);
            var end = body.Key is ArrowExpressionClauseSyntax ? text.IndexOf(';', span.End) + 1 : span.End;
            text = text[..span.Start] + (body.Key.Parent is PropertyDeclarationSyntax
                ? $"{{ get {{ {choice} }} }}"
                : $"{{ {choice} }}") + text[end..];
        }

        return text;
    }

    private static string Block(SyntaxNode body, string text)
    {
        if (body is BlockSyntax) return text;
        var expression = text["=>".Length..].Trim();
        return expression.StartsWith("throw ", StringComparison.Ordinal) || !Returns(body.Parent!)
            ? $"{{ {expression}; }}"
            : $"{{ return {expression}; }}";
    }

    private static bool Returns(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax { ReturnType: var type, Modifiers: var modifiers } =>
            $"{type}" != "void"
                && !($"{type}" is "Task" or "ValueTask" && modifiers.Any(word => word.Text == "async")),
        ConstructorDeclarationSyntax => false,
        _ => true,
    };
}
