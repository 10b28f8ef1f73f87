using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Tests.Unit.House;

/// <summary>
/// One file writes the command lines that people are told to type; elsewhere only the examples of a help are literal.
/// </summary>
public sealed partial class CommandLineTests
{
    private const string Writer = "CommandLines.cs";
    private const string Examples = "CliCommand";

    [Fact]
    public void No_text_but_the_writers_has_a_command_line() => Assert.Equal(
        [],
        from file in Repository.SourceFiles("src", "infra-cdk")
        where Path.GetFileName(file) != Writer
        from text in Offences(File.ReadAllText(file))
        select $"{Repository.Relative(file)}: {text}");

    [Theory]
    [InlineData("var line = \"Again: dotnet jobs retry RUN\";")]
    [InlineData("var line = $\"jobs show {id}\";")]
    [InlineData("var line = \"\"\"\n  jobs replay --id ID\n  \"\"\";")]
    [InlineData("Say(\"It is `jobs doctor` that says so.\");")]
    public void Text_with_a_command_line_is_found(string code) => Assert.Single(Offences(code));

    [Theory]
    [InlineData("// dotnet jobs retry RUN")]
    [InlineData("var words = \"All jobs run. Their jobs show it.\";")]
    [InlineData("var command = new CliCommand(\"list\", \"Shows the jobs.\", \"dotnet jobs list\");")]
    [InlineData("var project = \"dotnet run --project src/Cli -- status\";")]
    public void What_is_none_is_not_found(string code) => Assert.Empty(Offences(code));

    private static IEnumerable<string> Offences(string code) =>
        from token in CSharpSyntaxTree.ParseText(code).GetRoot().DescendantTokens()
        where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        where Line().IsMatch(token.ValueText)
        where !token.Parent!.Ancestors().OfType<ObjectCreationExpressionSyntax>().Any(IsHelp)
        select token.ValueText.Trim();

    private static bool IsHelp(ObjectCreationExpressionSyntax made) => made.Type.ToString() == Examples;

    [GeneratedRegex(
        @"dotnet jobs\b|(?<!\w)jobs " +
        "(?:list|submit|runs|show|logs|cancel|retry|status|cost|replay|dead-letters|doctor|verify|import|init|deploy|" +
        "completion) *(?:-|[A-Z]{2}|`|$)")]
    private static partial Regex Line();
}
