using Jobs.Cli.Ground;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Jobs.Cli.Import;

/// <summary>Reads a manifest with all its keys, known or not.</summary>
internal static class ManifestReader
{
    /// <summary>No manifest is as deep; one whose anchors form a circle has no end.</summary>
    private const int MaxDepth = 60;

    /// <summary>No manifest is as long; a few lines of anchors can unfold to billions.</summary>
    private const int MaxNodes = 100_000;

    /// <param name="name">What messages call the file.</param>
    /// <returns>Null for a file without a map, such as an empty one.</returns>
    public static ManifestNode? Read(string name, string text)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(new MergingParser(new Parser(reader)));
        }
        catch (YamlException e)
        {
            throw CliException.Failed(
                $"{name}, line {e.Start.Line}: this is not YAML: {e.Message.ReplaceLineEndings(" ")} Mend the file, " +
                "then import it again.");
        }

        if (stream.Documents is not [var document, ..] || document.RootNode is not YamlMappingNode root) return null;
        var left = MaxNodes;
        return Convert(name, "", root, 0, ref left);
    }

    private static ManifestNode Convert(string file, string path, YamlNode yaml, int depth, ref int left)
    {
        var line = (int)yaml.Start.Line;
        if (depth > MaxDepth || --left < 0)
        {
            throw CliException.Failed(
                $"{file}, line {line}: {path} is deeper or longer than a manifest can be. Look at its anchors (&) " +
                "and aliases (*), which may form a circle.");
        }

        switch (yaml)
        {
            case YamlMappingNode map:
                var members = new ManifestNode(file, path, line) { IsMap = true };
                foreach (var (key, value) in map.Children)
                {
                    var name = (key as YamlScalarNode)?.Value ?? key.ToString();
                    var below = path.Length == 0 ? name : $"{path}.{name}";
                    members.Add(name, Convert(file, below, value, depth + 1, ref left));
                }

                return members;
            case YamlSequenceNode list:
                var items = new ManifestNode(file, path, line) { IsList = true };
                foreach (var item in list.Children)
                {
                    items.Add(Convert(file, $"{path}[{items.Items.Count}]", item, depth + 1, ref left));
                }

                return items;
            default:
                var scalar = yaml as YamlScalarNode;
                return new ManifestNode(file, path, line)
                {
                    Scalar = Text(scalar),
                    IsQuoted = scalar?.Style is not ScalarStyle.Plain,
                };
        }
    }

    /// <summary>Null where the key has no value.</summary>
    private static string? Text(YamlScalarNode? scalar) =>
        scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" } ? null : scalar?.Value;
}
