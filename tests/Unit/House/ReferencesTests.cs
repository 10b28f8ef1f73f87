using System.Xml.Linq;

namespace Jobs.Tests.Unit.House;

/// <summary>The arrows between the projects point one way.</summary>
public sealed class ReferencesTests
{
    // Project → what it may refer to. Transitive ones need no arrow of their own.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Core"] = [],
        ["Analyzers"] = [],
        ["Analyzers.SourceGenerator"] = [],
        ["Aspire"] = ["Core"],
        ["Aws"] = ["Core"],
        ["Functions"] = ["Aws", "Core"],
        ["Sdk"] = ["Aws", "Core"],
        ["Testing"] = ["Sdk", "Core"],
        ["Worker"] = ["Sdk"],
        ["Apps"] = [],
        ["Cli"] = ["Apps", "Aws", "Core"],
        ["Lapstack"] = [],
        ["Page"] = ["Cli"],
        ["Local"] = ["Apps", "Page", "Lapstack", "Aws", "Core"],
        ["Cdk"] = ["Sdk"],
        ["Infra"] = ["Cdk", "Worker"],
    };

    public static TheoryData<string> Projects() =>
        [.. Repository.Files("*.csproj", "src", "infra-cdk", "lapstack/src").Select(Repository.Relative)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_refers_only_where_its_arrows_point(string project)
    {
        var allowed = Arrows[Path.GetFileNameWithoutExtension(project)];

        var refers = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(
                reference =>
                    Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

        Assert.Equal([], refers.Except(allowed));
    }

    [Fact]
    public void Core_knows_no_package_no_aws_and_no_io()
    {
        var packages = XDocument.Load(Path.Combine(Repository.Root, "src/Core/Core.csproj"))
            .Descendants("PackageReference");
        string[] forbidden =
        [
            "Amazon.", "AWSSDK", "System.Net.", "HttpClient", "File.", "Directory.", "Process.",
            "Environment.GetEnvironmentVariable", "Console.",
        ];

        var touches =
            from file in Repository.SourceFiles("src/Core")
            from line in File.ReadLines(file)
            let code = line.Split("//")[0]
            from word in forbidden
            where code.Contains(word, StringComparison.Ordinal) && !code.Contains('"', StringComparison.Ordinal)
            select $"{Repository.Relative(file)}: {line.Trim()}";

        Assert.Empty(packages);
        Assert.Equal([], touches);
    }

    [Fact]
    public void Lapstack_has_no_source_of_ours() =>
        Assert.Equal([], Repository.SourceFiles("lapstack/src")
            .Where(file => File.ReadLines(file).Any(line => line.Contains("Jobs.", StringComparison.Ordinal)))
            .Select(Repository.Relative));
}
