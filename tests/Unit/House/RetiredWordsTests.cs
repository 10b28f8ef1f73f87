using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Tests.Unit.House;

/// <summary>
/// Words that gave way to plain ones stay away: those that leave open who acts, and pictures in the names of code.
/// </summary>
public sealed partial class RetiredWordsTests
{
    private const string Own = "tests/Unit/House/RetiredWordsTests.cs";

    private static IEnumerable<(string Path, string Text)> Code =>
        from file in Repository.SourceFiles(Directory.EnumerateDirectories(Repository.Root))
        select (Repository.Relative(file).Replace('\\', '/'), File.ReadAllText(file));

    [Fact]
    public void Retired_words_do_not_come_back()
    {
        var uses = string.Join(
            '\n',
            from file in Code.Concat(Paper.All.Select(paper => (paper.Path, paper.Text)))
            where file.Path != Own
            from use in Uses(file.Path, file.Text)
            select use);

        Assert.True(uses.Length == 0, uses);
    }

    [Theory]
    [InlineData("// Nobody looks.")]
    [InlineData("void Is_left_to_somebody() { }")]
    [InlineData("""var text = "whoever's";""")]
    [InlineData("var hearing = Task.CompletedTask;")]
    [InlineData("var _families = 1;")]
    [InlineData("class AlertRoom;")]
    [InlineData("var isStartable = IsResident();")]
    public void Use_is_named_with_its_line(string line) =>
        Assert.Equal([$"a.cs:2: {line}"], Uses("a.cs", $"\n{line}\n"));

    [Theory]
    [InlineData("var secure = Obscured; // Docker Desktop strikes task families.")]
    [InlineData("""var seed = "families";""")]
    public void Other_words_and_text_that_is_no_name_are_let_be(string line) => Assert.Empty(Uses("a.cs", line));

    [Fact]
    public void Families_of_task_definitions_keep_their_name() =>
        Assert.Empty(Uses("lapstack/src/Services/Ecs/A.cs", "var families = ListFamilies();"));

    private static IEnumerable<string> Uses(string path, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var inText = lines.Index().Where(line => Word().IsMatch(line.Item)).Select(line => line.Index);
        var inNames = path.EndsWith(".cs", StringComparison.Ordinal) ? LinesOfNames(path, text) : [];
        return inText.Concat(inNames).Distinct().Order().Select(line => $"{path}:{line + 1}: {lines[line].Trim()}");
    }

    private static IEnumerable<int> LinesOfNames(string path, string text) => Part().IsMatch(text)
        ? from token in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens(descendIntoTrivia: true)
          where token.IsKind(SyntaxKind.IdentifierToken)
          where Part().Matches(token.ValueText).Any(part => !IsOfEcs(path, part.Value))
          select token.GetLocation().GetLineSpan().StartLinePosition.Line
        : [];

    /// <summary>Families of task definitions are what ECS calls them.</summary>
    private static bool IsOfEcs(string path, string part) =>
        path.Contains("/Ecs/", StringComparison.Ordinal) && part.Equals("families", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("(?<![a-z])(nobody|somebody|whoever|hearing|beating)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    /// <summary>A part of a name: it begins with a capital letter, or the name begins with it.</summary>
    [GeneratedRegex(
        "(Desk|Families|Startable|Cure|Seam|Resident|Strike|AlertRoom|Hearing|Beating)s?(?![a-z])" +
        "|(?<![A-Za-z])(desk|families|startable|cure|seam|resident|strike|alertRoom|hearing|beating)s?(?![a-z])")]
    private static partial Regex Part();
}
