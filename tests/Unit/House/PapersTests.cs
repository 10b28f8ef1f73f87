using System.Text.RegularExpressions;

namespace Jobs.Tests.Unit.House;

/// <summary>What holds for every page: it can be read in a narrow window, and it leads where it says.</summary>
public sealed partial class PapersTests
{
    private const int MaxWidth = 120;
    private const int MaxReadmeLines = 130;

    [Fact]
    public void Lines_of_pages_fit_into_120_columns() => AssertNone(
        from paper in Paper.All
        from line in paper.Lines.Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > MaxWidth && !line.Text.StartsWith('|') && !IsAddress(line.Text)
        select $"{paper.Path}:{line.Number} has {line.Text.Length} characters.");

    [Fact]
    public void Readme_is_short() => Assert.InRange(Paper.Read("README.md").Lines.Length, 1, MaxReadmeLines);

    [Fact]
    public void Links_lead_to_files_and_headings_that_exist() => AssertNone(
        from paper in Paper.All
        from link in paper.Links
        let fault = Fault(paper, link)
        where fault is not null
        select $"{paper.Path}: {link} {fault}");

    [Fact]
    public void Headings_that_comments_cite_exist()
    {
        var cited = Repository.SourceFiles("src", "infra-cdk", "lapstack", "tests", "bench").Select(File.ReadAllText)
            .Append(Paper.Read("docs/decisions.md").Text)
            .SelectMany(text => Citation().Matches(text)).Select(match => match.Value).Distinct().ToList();

        Assert.NotEmpty(cited);
        Assert.Equal([], cited.Where(link => Fault(Paper.Read("README.md"), link) is not null));
    }

    [Fact]
    public void Every_page_is_reached_from_the_readme()
    {
        var reached = new HashSet<string> { "README.md" };
        var ahead = new Queue<string>(reached);
        while (ahead.TryDequeue(out var page))
        {
            foreach (var next in Paper.Read(page).Links.Select(link => Target(page, link)).Where(IsPage))
            {
                if (reached.Add(next)) ahead.Enqueue(next);
            }
        }

        Assert.Equal([], Paper.All.Select(paper => paper.Path).Except(reached));
    }

    [Fact]
    public void A_page_has_each_heading_once() => AssertNone(
        from paper in Paper.All
        let headings = paper.Lines.Count(line => line.StartsWith("##", StringComparison.Ordinal))
        where paper.Path.StartsWith("docs/", StringComparison.Ordinal) && paper.Anchors.Count < headings
        select paper.Path);

    [Fact]
    public void Projects_that_people_and_workflows_are_told_to_run_exist()
    {
        var workflows = Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows"));
        var told = Paper.All.SelectMany(paper => paper.Code("")).Concat(workflows.Select(File.ReadAllText))
            .SelectMany(text => Project().Matches(text))
            .Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Contains("bench/simulation", told);
        Assert.Equal([], told.Where(path => !HasProject(Path.Combine(Repository.Root, path))));
    }

    private static bool HasProject(string path) =>
        File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*.csproj").Any());

    private static string? Fault(Paper paper, string link)
    {
        var target = Target(paper.Path, link);
        var full = Path.Combine(Repository.Root, target);
        if (!File.Exists(full) && !Directory.Exists(full)) return "is not there.";
        var anchor = link.IndexOf('#', StringComparison.Ordinal);
        return anchor < 0 || Paper.Read(target).Anchors.Contains(link[(anchor + 1)..]) ? null : "has no such heading.";
    }

    /// <summary>The file of a link, seen from the repository's root.</summary>
    private static string Target(string page, string link)
    {
        var path = link.Split('#')[0];
        if (path.Length == 0) return page;
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        return Repository.Relative(Path.GetFullPath(Path.Combine(folder, path))).Replace('\\', '/');
    }

    private static bool IsPage(string path) =>
        path.EndsWith(".md", StringComparison.Ordinal) && File.Exists(Path.Combine(Repository.Root, path));

    /// <summary>An address cannot be broken; what stands before it could.</summary>
    private static bool IsAddress(string line)
    {
        var addresses = line.Split(' ').Where(word => word.Contains("://", StringComparison.Ordinal)).ToList();
        return addresses.Count > 0 && line.Length - addresses.Sum(word => word.Length) <= MaxWidth / 2;
    }

    private static void AssertNone(IEnumerable<string> offences)
    {
        var all = string.Join('\n', offences);
        Assert.True(all.Length == 0, all);
    }

    [GeneratedRegex(@"docs/[\w/-]+\.md#[\w-]+")]
    private static partial Regex Citation();

    [GeneratedRegex(@"dotnet (?:run|test|build|pack)[^\n]*? ((?:src|tests|bench|lapstack|infra-cdk|jobs\.sln)\S*)")]
    private static partial Regex Project();
}
