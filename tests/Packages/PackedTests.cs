using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace Jobs.Tests.Packages;

/// <summary>The packages that are made here, as a team gets them that has no checkout of this repository.</summary>
public sealed class PackedTests : IClassFixture<PackedTests.Feed>
{
    private readonly Feed _feed;

    public PackedTests(Feed feed) => _feed = feed;

    [Theory]
    [InlineData("Jobs.Core")]
    [InlineData("Jobs.Aws")]
    [InlineData("Jobs.Sdk")]
    [InlineData("Jobs.Testing")]
    public void Package_has_its_papers_and_says_that_it_is_for_tests_only(string id)
    {
        using var package = _feed.Open(id);

        Assert.Contains(package.Entries, entry => entry.FullName == "README.md");
        Assert.Contains(package.Entries, entry => entry.FullName == $"lib/net10.0/{id}.xml");
        var nuspec = Nuspec(package);
        Assert.Equal("Apache-2.0", Text(nuspec, "license"));
        Assert.EndsWith("-test-only", Text(nuspec, "version"), StringComparison.Ordinal);
        Assert.StartsWith("FOR TESTS ONLY", Text(nuspec, "description"), StringComparison.Ordinal);
        Assert.True(File.Exists(_feed.FileOf(id, ".snupkg")), "It has no symbols.");
    }

    [Fact]
    public void Stand_ins_are_named_as_the_official_packages_in_their_versions()
    {
        var official = XDocument.Load(Path.Combine(Dotnet.Repository, "packages", "versions.official.props"))
            .Descendants("PackageVersion")
            .ToDictionary(one => one.Attribute("Include")!.Value, one => one.Attribute("Version")!.Value);
        using var package = _feed.Open("Jobs.Aws");
        var named = Nuspec(package).Descendants().Where(one => one.Name.LocalName == "dependency")
            .ToDictionary(one => one.Attribute("id")!.Value, one => one.Attribute("version")!.Value);

        foreach (var id in new[] { "AWSSDK.ECS", "AWSSDK.SimpleNotificationService", "AWSSDK.SQS" })
            Assert.Equal(official[id], named[id]);
    }

    [Fact]
    public async Task Solution_elsewhere_builds_its_job_and_tests_it()
    {
        var acme = Path.Combine(_feed.Folder, "acme");
        Copy(new DirectoryInfo(Path.Combine(Dotnet.Repository, "tests", "Packages", "Acme")), acme);
        await File.WriteAllTextAsync(Path.Combine(acme, "nuget.config"), $"""
            <configuration><packageSources><add key="made" value="{_feed.Packages}" /></packageSources></configuration>
            """);

        // Into a folder of its own: what stands in for an official package must never lie in the machine's cache.
        var output = await Dotnet.RunAsync(
            acme, "test", "tests/Acme.Tests", "--nologo", "-v", "quiet", $"-p:JobsVersion={_feed.Version}",
            $"-p:RestorePackagesPath={Path.Combine(_feed.Folder, "restored")}", $"-p:RestoreFallbackFolders={Cache()}");

        Assert.Contains("Passed!  - Failed:     0, Passed:     1", output, StringComparison.Ordinal);
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories()) Copy(folder, Path.Combine(to, folder.Name));
    }

    private static string Cache() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static XDocument Nuspec(ZipArchive package)
    {
        using var nuspec = package.Entries.Single(
            entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec);
    }

    private static string Text(XDocument nuspec, string name) =>
        nuspec.Descendants().First(one => one.Name.LocalName == name).Value;

    /// <summary>A folder with all packages, of what the build before the tests has made.</summary>
    public sealed class Feed : IAsyncLifetime
    {
        private static readonly string[] Projects =
        [
            "src/Core", "src/Aws", "src/Sdk", "src/Testing", "packages/AWSSDK.ECS",
            "packages/AWSSDK.SimpleNotificationService",
        ];

        public string Folder { get; } = Directory.CreateTempSubdirectory("jobs-packed-").FullName;

        public string Packages => Path.Combine(Folder, "feed");

        public string Version => Path.GetFileNameWithoutExtension(
            Directory.EnumerateFiles(Packages, "Jobs.Sdk.*.nupkg").Single())["Jobs.Sdk.".Length..];

        public async Task InitializeAsync()
        {
            var built = typeof(Feed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
            foreach (var project in Projects)
            {
                await Dotnet.RunAsync(
                    Dotnet.Repository, "pack", project, "--no-build", "-c", built, "-o", Packages,
                    "-p:PackStandIns=true", "--nologo", "-v", "quiet");
            }
        }

        public Task DisposeAsync()
        {
            Directory.Delete(Folder, recursive: true);
            return Task.CompletedTask;
        }

        public string FileOf(string id, string extension) => Path.Combine(Packages, $"{id}.{Version}{extension}");

        public ZipArchive Open(string id) => ZipFile.OpenRead(FileOf(id, ".nupkg"));
    }
}
