using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Jobs.Aws.Layout;
using Jobs.Aws.Workers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Jobs.Tests.Unit.House;

/// <summary>The reference says of each member, limit and attribute what the code says.</summary>
public sealed partial class ReferencePageTests
{
    private static readonly Paper Declared = Paper.Read("docs/reference/attributes.md");

    private static readonly Assembly[] Assemblies =
        [typeof(Upload).Assembly, typeof(WorkerItems).Assembly, typeof(JobAttribute).Assembly];

    public static TheoryData<string> Declarations() =>
    [
        .. typeof(JobAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Attribute)) && !type.IsGenericType).Select(type => type.Name),
        "JobDefinition", "JobProps", "JobRunnerProps",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Declaration_has_a_row_for_each_member_with_its_range(string type)
    {
        var section = Declared.Section($"## {type.Replace("Attribute", "", StringComparison.Ordinal)}");
        var members = MembersOf(type);

        Assert.Equal(
            members.Select(member => member.Identifier.Text).Order(StringComparer.Ordinal),
            Row().Matches(section).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
        foreach (var member in members)
        {
            var row = RowOf(section, member.Identifier.Text);
            Assert.All(
                Span().Matches(member.GetLeadingTrivia().ToFullString()),
                range => Assert.Contains(range.Value, row, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("JobAttribute")]
    [InlineData("RetryAttribute")]
    [InlineData("OnQueueAttribute")]
    [InlineData("JobDefinition")]
    public void Default_of_a_member_is_the_one_that_the_code_has(string name)
    {
        var type = Assemblies.SelectMany(assembly => assembly.GetTypes()).Single(type => type.Name == name);
        var made = Activator.CreateInstance(type, type.GetConstructor([]) is null ? ["name"] : [])!;
        var section = Declared.Section($"## {name.Replace("Attribute", "", StringComparison.Ordinal)}");

        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var property in type.GetProperties(Own).Where(property => property.Name != "Name"))
        {
            var said = Row().Match(RowOf(section, property.Name)).Groups[2].Value;
            var value = property.GetValue(made);
            if (value is System.Collections.ICollection) Assert.Equal("none", said);
            if (value is not (int or bool or Enum)) continue;
            Assert.Equal($"{value}", said.Replace(",", "", StringComparison.Ordinal), ignoreCase: true);
        }
    }

    [Fact]
    public void Every_verdict_class_has_a_row()
    {
        var verdicts = Enum.GetNames(Assemblies[0].GetTypes().Single(type => type.Name == "VerdictClass"));
        var rows = Declared.Section("## Verdict classes").Split('\n')
            .Select(row => row.Split('|', StringSplitOptions.TrimEntries)).Where(row => row.Length == 5).Skip(2);

        Assert.Equal(verdicts, rows.Select(row => row[1]));
    }

    [Fact]
    public void Limits_are_those_of_the_constants()
    {
        var rows = LimitRow().Matches(Paper.Read("docs/reference/limits.md").Text);

        Assert.InRange(rows.Count, 20, 100);
        Assert.All(rows, row => Assert.Equal(ValueOf(row.Groups[2].Value, row.Groups[3].Value), row.Groups[1].Value));
    }

    [Theory]
    [InlineData("## Runs: the control item", "RunItems.cs")]
    [InlineData("## Runs: an attempt", "AttemptItems.cs")]
    [InlineData("## Runs: a schedule", "ScheduleItems.cs")]
    [InlineData("## Results: the worker's record", "WorkerItems.cs")]
    public void Attributes_of_an_item_are_on_their_page(string heading, string file)
    {
        var section = Paper.Read("docs/reference/items.md").Section(heading);
        var source = File.ReadAllText(Repository.SourceFiles("src").Single(path => Path.GetFileName(path) == file));
        var names = Attributes().Matches(source).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.InRange(names.Count, 9, 100);
        Assert.Equal([], names.Where(name => !section.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    private static IReadOnlyList<PropertyDeclarationSyntax> MembersOf(string type) =>
    [
        .. Repository.SourceFiles("src", "infra-cdk").Where(path => Path.GetFileName(path) == $"{type}.cs")
            .SelectMany(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes())
            .OfType<PropertyDeclarationSyntax>()
            .Where(property => property.Modifiers.Any(SyntaxKind.PublicKeyword)),
    ];

    private static string RowOf(string section, string member) =>
        section.Split('\n').Single(row => row.StartsWith($"| `{member}` |", StringComparison.Ordinal));

    private static string ValueOf(string type, string constant)
    {
        var field = Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Single(one => one.Name == type && !one.IsNested)
            .GetField(constant, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        Assert.NotNull(field);
        var value = field.GetValue(null) is TimeSpan time ? (int)time.TotalSeconds : (int)field.GetValue(null)!;
        return value.ToString("N0", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(?m)^\| `(\w+)` \| ([^|]*) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\d[\d,]* to \d[\d,]*")]
    private static partial Regex Span();

    [GeneratedRegex(@"(?m)^\| .* \| ([\d,]+) \| `(\w+)\.(\w+)` \|$")]
    private static partial Regex LimitRow();

    [GeneratedRegex(@"(?:item\[|Put\(item, |const string \w+ = )""(\w+)""")]
    private static partial Regex Attributes();
}
