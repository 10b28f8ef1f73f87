using System.Globalization;
using System.Text.RegularExpressions;
using Jobs.Cli.Ground;
using Jobs.Cli.Import;
using Jobs.Tests.Unit.House;
using YamlDotNet.RepresentationModel;

namespace Jobs.Tests.Unit.Cli.Import;

/// <summary>
/// Nothing in a manifest is dropped: each of its values has a say in the code, or is a comment with the reason.
/// </summary>
public sealed partial class CopilotFieldTests
{
    public static TheoryData<string> Manifests() =>
    [
        .. Directory.GetFiles(CopilotFolder.Whole, "manifest.yml", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!))
            .Where(name => name is not ("api" or "test"))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_value_is_mapped_or_is_a_comment(string name)
    {
        var yaml = Read(name);
        var project = Import(name, yaml);
        var workload = Assert.Single(project.Workloads);
        var code = project.Files.Single(file => file.Name == workload.File).Text;
        var left = workload.Left.ToDictionary(field => field.Path);

        Assert.Equal(
            Leaves(yaml).Select(leaf => leaf.Path).Order(StringComparer.Ordinal),
            workload.Mapped.Select(field => field.Path).Concat(left.Keys).Order(StringComparer.Ordinal));
        Assert.All(left.Values, field =>
        {
            var comment = $"// Left out: {field.Path}: {field.Value} (line {field.Line}).\n";
            Assert.Contains(comment, code, StringComparison.Ordinal);
            Assert.True(field.Reason.Length > 20, $"{field.Path} is left without a reason.");
        });
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_value_that_is_mapped_has_a_say_in_the_code(string name)
    {
        var yaml = Read(name);
        var before = Text(Import(name, yaml));
        var idle = new List<string>();
        foreach (var (path, leaf) in Leaves(yaml))
        {
            var value = leaf.Value!;
            if (!Others(value).Any(other => Changes(other, leaf))) idle.Add($"{path}: {value}");
            leaf.Value = value;
        }

        Assert.Equal([], idle);

        bool Changes(string other, YamlScalarNode leaf)
        {
            leaf.Value = other;
            try
            {
                return Text(Import(name, yaml)) != before;
            }
            catch (CliException e)
            {
                // A name or a type that is none is said with its place.
                return e.Message.Contains($"{name}/manifest.yml", StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Guide_has_every_field(string name)
    {
        var table = Paper.Read("docs/guide/copilot.md").Section("## Every field");

        Assert.Equal(
            [],
            Leaves(Read(name)).Select(leaf => Field(leaf.Path)).Distinct()
                .Where(field => !table.Contains($"`{field}`", StringComparison.Ordinal)));
    }

    /// <summary>Without indexes and environments, and with NAME for what the author has chosen.</summary>
    private static string Field(string path) => Chosen().Replace(
        Environment().Replace(Index().Replace(path, ""), ""), match => $"{match.Groups["map"].Value}.NAME");

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"^environments\.[^.]+\.")]
    private static partial Regex Environment();

    [GeneratedRegex(
        @"(?<map>\b(args|labels|depends_on|variables|secrets|volumes|sidecars|destination|secretOptions|" +
        @"filter_policy))\.(com\.[a-z.]+|[A-Za-z_]+)(?<rest>\.anything-but|\.numeric)?")]
    private static partial Regex Chosen();

    /// <summary>Other values of the same kind, of which one at least should do.</summary>
    private static IEnumerable<string> Others(string value) => value switch
    {
        "true" => ["false"],
        "false" => ["true"],
        _ when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            [$"{number * 2}", $"{number + 1}", $"{number / 2}"],
        _ when Durations.Parse(value) is { } span => [$"{span.TotalSeconds * 2}s", "7m"],
        "start" or "success" or "complete" => ["healthy"],
        "healthy" => ["start"],
        "default" => ["recreate"],
        "recreate" => ["default"],
        "messageGroup" => ["queue"],
        "perMessageGroupId" => ["perQueue"],
        "x86_64" => ["arm64"],
        "linux/arm64" => ["linux/x86_64"],
        "none" or "@daily" => ["@hourly"],
        _ => [$"{value}x", $"x{value}"],
    };

    private static YamlMappingNode Read(string name)
    {
        using var reader = new StringReader(
            File.ReadAllText(Path.Combine(CopilotFolder.Whole, "copilot", name, "manifest.yml")));
        var stream = new YamlStream();
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static ImportedProject Import(string name, YamlMappingNode yaml)
    {
        using var writer = new StringWriter();
        new YamlStream(new YamlDocument(yaml)).Save(writer, assignAnchors: false);
        using var folder = new CopilotFolder().With(name, writer.ToString());
        return folder.Import();
    }

    private static string Text(ImportedProject project) => string.Join('\n', project.Files.Select(file => file.Text));

    private static IEnumerable<(string Path, YamlScalarNode Leaf)> Leaves(YamlNode node, string path = "") =>
    node switch
    {
        YamlMappingNode map => map.Children.SelectMany(
            child => Leaves(child.Value, path.Length == 0 ? $"{child.Key}" : $"{path}.{child.Key}")),
        YamlSequenceNode list => list.Children.SelectMany((child, index) => Leaves(child, $"{path}[{index}]")),
        _ => [(path, (YamlScalarNode)node)],
    };
}
