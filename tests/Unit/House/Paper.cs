using System.Text.RegularExpressions;

namespace Jobs.Tests.Unit.House;

/// <summary>A page of the documents.</summary>
/// <param name="Path">Where it is in the repository, with slashes.</param>
/// <param name="Text">What stands there, with line feeds.</param>
internal sealed partial record Paper(string Path, string Text)
{
    public static IReadOnlyList<Paper> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Repository.Files("*.md", Directory.EnumerateDirectories(Repository.Root)))
            .Select(file => Repository.Relative(file).Replace('\\', '/'))
            .Where(path => !path.StartsWith('.'))
            // Of a format of the compiler's.
            .Where(path => !path.Contains("/AnalyzerReleases.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    public static Paper Read(string path) =>
        new(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n"));

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>What is between the fences of this language.</summary>
    public IReadOnlyList<string> Code(string language) =>
    [
        .. Fences().Matches(Text).Where(fence => fence.Groups[1].Value == language)
            .Select(fence => fence.Groups[2].Value),
    ];

    /// <summary>Relative links, as they are written: a page, an anchor, or both.</summary>
    public IEnumerable<string> Links => Targets().Matches(Prose).Select(link => link.Groups[1].Value)
        .Where(link => !link.Contains("://", StringComparison.Ordinal));

    /// <summary>What headings are called in links, as GitHub makes it.</summary>
    public IReadOnlySet<string> Anchors => Headings().Matches(Fences().Replace(Text, ""))
        .Select(heading => Marks().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The part below a heading, up to the next one that is not below it.</summary>
    public string Section(string heading)
    {
        var lines = Lines;
        var begin = Array.IndexOf(lines, heading);
        Assert.True(begin >= 0, $"{Path} has no heading '{heading}'.");
        var depth = heading.TakeWhile(mark => mark == '#').Count();
        return string.Join('\n', lines.Skip(begin + 1).TakeWhile(line => !IsHeading(line) || Depth(line) > depth));
    }

    public override string ToString() => Path;

    private static bool IsHeading(string line) =>
        Depth(line) is > 0 and var depth && line.Length > depth && line[depth] == ' ';

    private static int Depth(string line) => line.TakeWhile(mark => mark == '#').Count();

    /// <summary>Without what is code, where a bracket before a parenthesis is no link.</summary>
    private string Prose => Spans().Replace(Fences().Replace(Text, ""), "");

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Spans();

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Targets();

    [GeneratedRegex(@"^#+ (.+?) *$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex Marks();
}
