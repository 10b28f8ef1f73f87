using System.Text.RegularExpressions;

namespace Jobs.Tests.Unit.House;

/// <summary>The code that people are shown first is code of the tests, so that it compiles and does what is said about it.</summary>
public sealed partial class ReadmeTests
{
    private static readonly IReadOnlyList<string> Tests = [.. Repository.SourceFiles("tests").Select(file => Trimmed(File.ReadAllText(file)))];

    [Theory]
    [InlineData("README.md", 9)]
    [InlineData("infra-cdk/README.md", 1)]
    public void Code_in_the_readme_is_code_of_a_test(string readme, int blocks)
    {
        var code = Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, readme))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(blocks, code.Count);
        Assert.All(code, block => Assert.True(Tests.Any(test => test.Contains(Trimmed(block), StringComparison.Ordinal)), $"No test has the code:\n{block}"));
    }

    private static string Trimmed(string code) => string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
