using System.Text.RegularExpressions;

namespace Jobs.Tests.Unit.House;

/// <summary>Classes that pages name are there: a page that outlives a class misleads its readers.</summary>
public sealed partial class NamesInPapersTests
{
    /// <summary>Files of the code, by the name of their type.</summary>
    private static readonly IReadOnlySet<string> Types =
        Repository.SourceFiles("src", "infra-cdk", "tests", "lapstack")
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Walk_of_the_architecture_names_types_that_exist() =>
        AssertTypes(Paper.Read("docs/architecture.md").Section("## One walk, from an upload to the e-mail"), 25);

    [Fact]
    public void Tests_behind_the_promises_exist()
    {
        var rows = Paper.Read("docs/promises.md").Lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        AssertTypes(string.Join('\n', rows), 20);
    }

    [Fact]
    public void Places_where_something_else_would_plug_in_exist() =>
        AssertTypes(Paper.Read("docs/limitations.md").Section("## Platforms"), 4);

    private static void AssertTypes(string text, int least)
    {
        var names = Names().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.InRange(names.Count, least, 100);
        Assert.Equal([], names.Except(Types));
    }

    /// <summary>Code that begins like a type: of a longer one only its beginning is.</summary>
    [GeneratedRegex("`([A-Z][a-zA-Z]+[a-z][A-Za-z]*)[.`]")]
    private static partial Regex Names();
}
