using System.Text.Json;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Images;

/// <summary>The images that a synthesis wants in a repository of their own.</summary>
internal static class ImageAssembly
{
    private const string File = "manifest.json";

    /// <param name="folder">The cloud assembly.</param>
    /// <exception cref="CliException">There is none, or it has no such image.</exception>
    public static IReadOnlyList<WorkerImageBuild> Read(string folder)
    {
        var manifest = Path.Combine(folder, File);
        if (!System.IO.File.Exists(manifest))
        {
            throw CliException.Failed(
                $"There is no synthesis in {folder} ({File} is missing). Synthesize the app there: cdk synth --output " +
                $"{CommandLines.Quoted(folder)}.");
        }

        IReadOnlyList<WorkerImageBuild> images;
        try
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllText(manifest));
            images = [.. Descriptions(json.RootElement).Select(one => Build(folder, one)).DistinctBy(one => one.Uri)];
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw CliException.Failed($"{manifest} cannot be read: {e.Message}");
        }

        return images.Count > 0 ? images : throw CliException.Failed(
            $"The synthesis in {folder} has no image for a repository of its own. Synthesize with the contexts " +
            $"{PipelineNames.ImageRepository} and {PipelineNames.ImageTag}.");
    }

    private static IEnumerable<JsonElement> Descriptions(JsonElement manifest) =>
        from artifact in manifest.GetProperty("artifacts").EnumerateObject()
        where artifact.Value.TryGetProperty("metadata", out _)
        from construct in artifact.Value.GetProperty("metadata").EnumerateObject()
        from entry in construct.Value.EnumerateArray()
        where entry.GetProperty("type").GetString() == PipelineNames.ImageMetadata
        select entry.GetProperty("data");

    private static WorkerImageBuild Build(string assembly, JsonElement description) => new(
        description.GetProperty(PipelineNames.Uri).GetString()!,
        Path.Combine(assembly, description.GetProperty(PipelineNames.Folder).GetString()!),
        description.GetProperty(PipelineNames.Platform).GetString()!,
        description.TryGetProperty(PipelineNames.BaseImage, out var image) ? image.GetString() : null);
}
