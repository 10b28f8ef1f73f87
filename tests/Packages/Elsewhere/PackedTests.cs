using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Jobs.Tests.Packages.Elsewhere;

/// <summary>The packages that are made here, as a team gets them that has no checkout of this repository.</summary>
[Collection(nameof(PackageFeed))]
public sealed class PackedTests(PackageFeed feed)
{
    [Theory]
    [InlineData("Jobs.Core")]
    [InlineData("Jobs.Aws")]
    [InlineData("Jobs.Sdk")]
    [InlineData("Jobs.Testing")]
    [InlineData("Jobs.Cdk")]
    public void Package_has_its_papers_and_says_that_it_is_for_tests_only(string id)
    {
        using var package = feed.Open(id);

        Assert.Contains(package.Entries, entry => entry.FullName == "README.md");
        Assert.Contains(package.Entries, entry => entry.FullName == $"lib/net10.0/{id}.xml");
        var nuspec = Nuspec(package);
        Assert.Equal("Apache-2.0", Text(nuspec, "license"));
        Assert.EndsWith("-test-only", Text(nuspec, "version"), StringComparison.Ordinal);
        Assert.StartsWith("FOR TESTS ONLY", Text(nuspec, "description"), StringComparison.Ordinal);
        Assert.True(File.Exists(feed.FileOf(id, ".snupkg")), "It has no symbols.");
    }

    [Fact]
    public void Constructs_bring_the_published_functions_and_what_puts_them_beside_an_app()
    {
        using var package = feed.Open("Jobs.Cdk");

        Assert.Contains(package.Entries, entry => entry.FullName == "functions/Jobs.Functions.dll");
        Assert.Contains(package.Entries, entry => entry.FullName == "buildTransitive/Jobs.Cdk.targets");
        Assert.DoesNotContain(package.Entries, entry => entry.Name is "Jobs.Worker.dll" or "CsvHelper.dll");
    }

    [Theory]
    [InlineData("functions/", false)]
    [InlineData("functions/portable/", true)]
    public void Laptop_of_another_system_finds_functions_without_machine_code(string folder, bool isPortable)
    {
        using var package = feed.Open("Jobs.Cdk");
        var assemblies = package.Entries
            .Where(entry => entry.FullName == folder + entry.Name)
            .Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal))
            .ToList();

        Assert.Contains(assemblies, entry => entry.Name == "Jobs.Functions.dll");
        Assert.All(assemblies, entry => Assert.Equal(isPortable, IsPortable(entry)));
    }

    [Fact]
    public void Stand_ins_are_named_as_the_official_packages_in_their_versions()
    {
        var official = XDocument.Load(Path.Combine(Dotnet.Repository, "packages", "versions.official.props"))
            .Descendants("PackageVersion")
            .ToDictionary(one => one.Attribute("Include")!.Value, one => one.Attribute("Version")!.Value);
        using var package = feed.Open("Jobs.Aws");
        var named = Nuspec(package).Descendants().Where(one => one.Name.LocalName == "dependency")
            .ToDictionary(one => one.Attribute("id")!.Value, one => one.Attribute("version")!.Value);

        foreach (var id in new[] { "AWSSDK.ECS", "AWSSDK.SimpleNotificationService", "AWSSDK.SQS" })
            Assert.Equal(official[id], named[id]);
    }

    private static bool IsPortable(ZipArchiveEntry assembly)
    {
        using var content = new MemoryStream();
        using (var packed = assembly.Open()) packed.CopyTo(content);
        content.Position = 0;
        using var read = new PEReader(content);
        return read.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.ILOnly);
    }

    private static XDocument Nuspec(ZipArchive package)
    {
        using var nuspec = package.Entries.Single(
            entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec);
    }

    private static string Text(XDocument nuspec, string name) =>
        nuspec.Descendants().First(one => one.Name.LocalName == name).Value;
}
