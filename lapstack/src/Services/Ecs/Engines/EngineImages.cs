using System.Collections.Concurrent;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Template;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>
/// Has images: those of the app are built from their folders, others are pulled from their registries.
/// </summary>
internal sealed class EngineImages(EngineProgram engine, CloudAssembly assembly, ImageFolders folders)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _ready = new(StringComparer.Ordinal);

    /// <returns>The name by which the engine knows the image.</returns>
    /// <exception cref="ContainerStartException">CannotPullContainerError, with the engine's words.</exception>
    public async Task<string> EnsureAsync(ContainerDefinition container, string architecture)
    {
        var asset = assembly.FindImage(container.Image);
        var key = asset is null ? container.Image : folders.FolderOf(asset);
        var ready = _ready.GetOrAdd(
            $"{key} {architecture}",
            _ => new Lazy<Task<string>>(() =>
                asset is null ? PullAsync(container.Image, architecture) : BuildAsync(asset, architecture)));
        try
        {
            return await ready.Value;
        }
        catch (ContainerStartException)
        {
            // The next task tries again: a registry comes back, a file is mended.
            _ready.TryRemove($"{key} {architecture}", out _);
            throw;
        }
    }

    private async Task<string> BuildAsync(ImageAsset asset, string architecture)
    {
        var folder = folders.FolderOf(asset);
        var name = $"lapstack/{asset.Tag.ToLowerInvariant()}";
        await RunAsync(
            asset.DockerFile,
            [
                "build", "--quiet", "--platform", Platform(architecture), "--tag", name, "--file",
                Path.Combine(folder, asset.DockerFile), folder,
            ]);
        return name;
    }

    private async Task<string> PullAsync(string image, string architecture)
    {
        // One that is there is not pulled anew: it may be this machine's own.
        var known = await engine.RunAsync(["image", "inspect", "--format", "{{.Id}}", image]);
        if (known.Code != 0) await RunAsync(image, ["pull", "--quiet", "--platform", Platform(architecture), image]);
        return image;
    }

    private async Task RunAsync(string what, IReadOnlyList<string> arguments)
    {
        var answer = await engine.RunAsync(arguments);
        if (answer.Code != 0)
            throw new ContainerStartException($"CannotPullContainerError: {what}: {answer.LastLine}");
    }

    private static string Platform(string architecture) => architecture == "ARM64" ? "linux/arm64" : "linux/amd64";
}
