using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Jobs.Tests.Unit.House;

/// <summary>docs/dependencies.md says of each package who uses it, and of no other.</summary>
public sealed partial class DependenciesTests
{
    private const string All = "all";

    [Fact]
    public void Page_says_who_uses_each_package() => Assert.Equal(
        Used().Select(package => $"{package.Key}: {string.Join(", ", package.Value)}"),
        Told()
            .OrderBy(package => package.Key, StringComparer.Ordinal)
            .Select(package => $"{package.Key}: {string.Join(", ", package.Value)}"));

    [Fact]
    public void Every_package_that_is_used_is_pinned() =>
        Assert.Empty(Used().Keys.Except(Pins("stand-ins").Concat(OwnPackages())));

    /// <summary>A version that floats is another one tomorrow.</summary>
    [Fact]
    public void Every_version_is_exact() => Assert.All(
        Repository.Files("*.props", "").SelectMany(file => XDocument.Load(file).Descendants("PackageVersion")),
        package => Assert.Matches(@"^\d+(\.\d+){2,3}$", package.Attribute("Version")!.Value));

    [Fact]
    public void Official_packages_are_the_stand_ins_and_what_the_registry_serves_of_AWS() =>
        Assert.Equal(
            Used().Keys.Where(IsOfAws).Order(StringComparer.Ordinal),
            Pins("official").Where(IsOfAws).Order(StringComparer.Ordinal));

    private static bool IsOfAws(string package) =>
        package.StartsWith("AWSSDK.", StringComparison.Ordinal)
            || package.StartsWith("Amazon.Lambda.", StringComparison.Ordinal);

    private static SortedDictionary<string, SortedSet<string>> Used()
    {
        var used = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var file in new[] { "*.csproj", "*.props", "*.targets" }.SelectMany(
            pattern => Repository.Files(pattern, "")))
        {
            foreach (var reference in XDocument.Load(file).Descendants("PackageReference"))
            {
                if (reference.Attribute("Include")?.Value is not { } package) continue;
                // Our own, which a solution of the tests refers to.
                if (package.StartsWith("Jobs.", StringComparison.Ordinal)) continue;
                if (!used.TryGetValue(package, out var users)) used[package] = users = new(StringComparer.Ordinal);
                users.Add(UserOf(Repository.Relative(file)));
            }
        }

        return used;
    }

    /// <summary>As the page calls it: the project of src, elsewhere the folder.</summary>
    private static string UserOf(string file) => file.Split('/') switch
    {
        [_] => All,
        ["src", var project, ..] => project,
        ["lapstack", "src", ..] => "lapstack",
        [_, "tests", ..] => "tests",
        [var folder, ..] => folder,
        [] => file,
    };

    private static IEnumerable<KeyValuePair<string, IEnumerable<string>>> Told() =>
        from row in PackageRow().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "dependencies.md")))
        let users = row.Groups["users"].Value.Split(", ")
        select KeyValuePair.Create(
            row.Groups["package"].Value, (IEnumerable<string>)users.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Pins(string mode) =>
        from file in new[] { "Directory.Packages.props", $"packages/versions.{mode}.props" }
        from pin in XDocument.Load(Path.Combine(Repository.Root, file)).Descendants("PackageVersion")
        select pin.Attribute("Include")!.Value;

    private static IEnumerable<string> OwnPackages() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "packages"))
            .Select(folder => Path.GetFileName(folder));

    [GeneratedRegex("^\\| `(?<package>[^`]+)` \\| (?<users>[^|]+?) \\|", RegexOptions.Multiline)]
    private static partial Regex PackageRow();
}
