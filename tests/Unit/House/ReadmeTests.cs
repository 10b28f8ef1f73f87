using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Tests.Unit.House;

/// <summary>
/// The code that people are shown first is code of the tests, so that it compiles and does what is said about it.
/// </summary>
public sealed partial class ReadmeTests
{
    /// <summary>Files that the SDK writes for a project with ImplicitUsings.</summary>
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly IReadOnlyList<string> Tests =
        [.. Repository.SourceFiles("tests", "templates").Select(file => Trimmed(File.ReadAllText(file)))];

    private static Paper Readme { get; } = Paper.Read("README.md");

    public static TheoryData<string, string> Blocks()
    {
        var blocks = new TheoryData<string, string>();
        foreach (var paper in Paper.All.Where(IsAuthors))
        {
            foreach (var code in paper.Code("csharp")) blocks.Add(paper.Path, code);
        }

        return blocks;
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Code_that_is_shown_is_code_of_a_test(string page, string code)
    {
        var shown = Trimmed(Namespace().Replace(code, ""));

        Assert.True(
            Tests.Any(test => test.Contains(shown, StringComparison.Ordinal)),
            $"No test has the code of {page}:\n{code}");
    }

    [Fact]
    public void Job_of_the_readme_compiles_as_a_file_of_the_worker()
    {
        var file = Readme.Code("csharp")[0];
        Assert.Contains("namespace Jobs.Worker;", file, StringComparison.Ordinal);
        Assert.Contains("src/Worker/LineCount.cs", Readme.Text, StringComparison.Ordinal);

        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name is "Jobs.Sdk.dll" or "Jobs.Core.dll" or "Jobs.Worker.dll"
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Worker",
            [CSharpSyntaxTree.ParseText(file), CSharpSyntaxTree.ParseText(Usings)],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        Assert.Equal(
            [],
            compilation.GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning)
                .Select(found => found.ToString()));
    }

    [Fact]
    public void First_screen_of_the_readme_says_that_deploying_has_not_been_tried() =>
        Assert.Contains(
            Readme.Lines.Take(15),
            line => line.StartsWith("**Deploying has not been tried", StringComparison.Ordinal));

    /// <summary>What the author of a job or of a stack reads.</summary>
    private static bool IsAuthors(Paper paper) =>
        paper.Path is "README.md" or "infra-cdk/README.md" || paper.Path.StartsWith("docs/", StringComparison.Ordinal);

    private static string Trimmed(string code) =>
        string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"\Anamespace [A-Za-z.]+;\n")]
    private static partial Regex Namespace();
}
