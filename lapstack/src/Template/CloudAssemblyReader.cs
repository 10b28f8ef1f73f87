using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lapstack.Template;

/// <summary>Reads the folder <c>cdk synth</c> writes.</summary>
public static class CloudAssemblyReader
{
    /// <param name="stackName">Null when the assembly has one stack.</param>
    /// <exception cref="TemplateException">No assembly, no such stack, or several and none named.</exception>
    public static CloudAssembly Read(string folder, string? stackName = null)
    {
        var root = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(root, "manifest.json")))
        {
            throw new TemplateException(
                $"There is no synthesized CDK app in '{root}' (manifest.json is missing). Synthesize it first: run `cdk synth` in the app's folder (here: infra-cdk).");
        }

        var manifest = ReadJson(root, "manifest.json");
        var stacks = Artifacts(manifest, "aws:cloudformation:stack").ToDictionary(StackNameOf, a => a.Value, StringComparer.Ordinal);
        var name = Choose(stacks, stackName, root);
        var template = ReadJson(root, (string)stacks[name]["properties"]!["templateFile"]!);
        var manifests = AssetManifests(manifest, stacks[name]).Select(file => ReadJson(root, file)).ToList();
        return new CloudAssembly(
            root,
            name,
            template,
            [.. manifests.SelectMany(m => Files(m, root))],
            [.. manifests.SelectMany(m => Images(m, root))]);
    }

    private static string StackNameOf(KeyValuePair<string, JsonObject> artifact) =>
        (string?)artifact.Value["properties"]?["stackName"] ?? artifact.Key;

    private static string Choose(Dictionary<string, JsonObject> stacks, string? asked, string root)
    {
        if (asked is null && stacks.Count == 1) return stacks.Keys.Single();
        if (asked is not null && stacks.ContainsKey(asked)) return asked;
        var known = stacks.Count == 0 ? "none" : string.Join(", ", stacks.Keys.Order(StringComparer.Ordinal));
        throw new TemplateException(asked is null
            ? $"The CDK app in '{root}' has {stacks.Count} stacks ({known}); say which one to run."
            : $"The CDK app in '{root}' has no stack '{asked}'. Its stacks: {known}.");
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> Artifacts(JsonObject manifest, string type) =>
        from artifact in manifest["artifacts"] as JsonObject ?? []
        where (string?)artifact.Value?["type"] == type
        select KeyValuePair.Create(artifact.Key, (JsonObject)artifact.Value!);

    // A stack names the asset manifests it needs among its dependencies.
    private static IEnumerable<string> AssetManifests(JsonObject manifest, JsonObject stack)
    {
        var needed = (stack["dependencies"] as JsonArray ?? []).Select(d => (string)d!).ToHashSet(StringComparer.Ordinal);
        return Artifacts(manifest, "cdk:asset-manifest").Where(a => needed.Contains(a.Key)).Select(a => (string)a.Value["properties"]!["file"]!);
    }

    private static IEnumerable<FileAsset> Files(JsonObject manifest, string root) =>
        from asset in manifest["files"] as JsonObject ?? []
        let path = (string?)asset.Value!["source"]?["path"]
        where path is not null
        from destination in (JsonObject)asset.Value!["destinations"]!
        select new FileAsset(Path.GetFullPath(path, root), (string)destination.Value!["objectKey"]!);

    private static IEnumerable<ImageAsset> Images(JsonObject manifest, string root) =>
        from asset in manifest["dockerImages"] as JsonObject ?? []
        let source = asset.Value!["source"]
        let directory = (string?)source?["directory"]
        where directory is not null
        from destination in (JsonObject)asset.Value!["destinations"]!
        select new ImageAsset(
            Path.GetFullPath(directory, root),
            (string?)source["dockerFile"] ?? "Dockerfile",
            (string)destination.Value!["imageTag"]!);

    private static JsonObject ReadJson(string root, string file)
    {
        var path = Path.Combine(root, file);
        try
        {
            using var stream = File.OpenRead(path);
            return (JsonObject)JsonNode.Parse(stream)!;
        }
        catch (Exception broken) when (broken is JsonException or IOException or InvalidCastException)
        {
            throw new TemplateException($"'{path}' cannot be read: {broken.Message} Synthesize the app again.");
        }
    }
}
