using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lapstack.Template;

/// <summary>Reads the folder <c>cdk synth</c> writes.</summary>
public static class CloudAssemblyReader
{
    /// <param name="stackName">
    /// Its name, or its path behind its stages'. Null when the app has one stack, or one with a function: others, such
    /// as a pipeline's, have nothing to run.
    /// </param>
    /// <exception cref="TemplateException">No assembly, no such stack, or several and none named.</exception>
    public static CloudAssembly Read(string folder, string? stackName = null)
    {
        var root = Path.GetFullPath(folder);
        if (!File.Exists(Path.Combine(root, "manifest.json")))
        {
            throw new TemplateException(
                $"There is no synthesized CDK app in '{root}' (manifest.json is missing). Synthesize it first: run " +
                "`cdk synth` in the app's folder (here: infra-cdk).");
        }

        var stack = Choose([.. Stacks(root)], stackName, root);
        var manifests = AssetManifests(stack).Select(file => ReadJson(stack.Folder, file)).ToList();
        return new CloudAssembly(
            stack.Folder,
            stack.Name,
            TemplateOf(stack),
            [.. manifests.SelectMany(m => Files(m, stack.Folder))],
            [.. manifests.SelectMany(m => Images(m, stack.Folder))]);
    }

    /// <summary>
    /// All stacks of an app, those of its stages too: each stage is an assembly in a folder of its own.
    /// </summary>
    private static IEnumerable<SynthesizedStack> Stacks(string folder)
    {
        var manifest = ReadJson(folder, "manifest.json");
        var own = Artifacts(manifest, "aws:cloudformation:stack").Select(artifact => new SynthesizedStack(
            folder,
            manifest,
            (string?)artifact.Value["properties"]?["stackName"] ?? artifact.Key,
            (string?)artifact.Value["displayName"] ?? artifact.Key,
            artifact.Value));
        var stages = Artifacts(manifest, "cdk:cloud-assembly")
            .Select(stage => (string)stage.Value["properties"]!["directoryName"]!);
        return own.Concat(stages.SelectMany(stage => Stacks(Path.Combine(folder, stage))));
    }

    private static SynthesizedStack Choose(IReadOnlyList<SynthesizedStack> stacks, string? asked, string root)
    {
        var found = stacks.Where(stack => asked is null || stack.Name == asked || stack.Path == asked).ToList();
        if (found.Count == 1) return found[0];
        if (asked is null && found.Where(HasFunction).Take(2).ToList() is [var only]) return only;
        var app = $"The CDK app in '{root}'";
        if (stacks.Count == 0)
        {
            throw new TemplateException($"{app} has no stack. Add one to it, and synthesize it again.");
        }

        // A stack is called by its path where several have its name, as in stages that are copies of each other.
        var known = string.Join(", ", stacks
            .Select(stack => stacks.Count(other => other.Name == stack.Name) > 1 ? stack.Path : stack.Name)
            .Order(StringComparer.Ordinal));
        throw new TemplateException(found.Count == 0
            ? $"{app} has no stack '{asked}'. Its stacks: {known}."
            : $"{app} has {found.Count} stacks{(asked is null ? "" : $" '{asked}'")} ({known}). Say which one to " +
                $"run: --stack-name {known.Split(',')[0]}.");
    }

    private static bool HasFunction(SynthesizedStack stack) =>
        TemplateOf(stack)["Resources"] is JsonObject resources
        && resources.Any(resource => (string?)resource.Value?["Type"] == "AWS::Lambda::Function");

    private static JsonObject TemplateOf(SynthesizedStack stack) =>
        ReadJson(stack.Folder, (string)stack.Artifact["properties"]!["templateFile"]!);

    private static IEnumerable<KeyValuePair<string, JsonObject>> Artifacts(JsonObject manifest, string type) =>
        from artifact in manifest["artifacts"] as JsonObject ?? []
        where (string?)artifact.Value?["type"] == type
        select KeyValuePair.Create(artifact.Key, (JsonObject)artifact.Value!);

    // A stack names the asset manifests it needs among its dependencies.
    private static IEnumerable<string> AssetManifests(SynthesizedStack stack)
    {
        var needed = (stack.Artifact["dependencies"] as JsonArray ?? [])
            .Select(d => (string)d!)
            .ToHashSet(StringComparer.Ordinal);
        return Artifacts(stack.Manifest, "cdk:asset-manifest")
            .Where(a => needed.Contains(a.Key))
            .Select(a => (string)a.Value["properties"]!["file"]!);
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

    /// <param name="Path">How CDK shows it: <c>Stage/Stack</c>.</param>
    private sealed record SynthesizedStack(
        string Folder, JsonObject Manifest, string Name, string Path, JsonObject Artifact);
}
