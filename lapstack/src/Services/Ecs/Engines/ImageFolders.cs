using System.Collections.Concurrent;
using Lapstack.Template;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>Where the files of an image are: as it was synthesized, or as it was built since.</summary>
internal sealed class ImageFolders
{
    private readonly ConcurrentDictionary<string, string> _built = new(StringComparer.Ordinal);

    public string FolderOf(ImageAsset image) => _built.GetValueOrDefault(image.Tag, image.Folder);

    /// <summary>From now on containers of the image start from this folder; null for the synthesized one.</summary>
    public void Use(ImageAsset image, string? folder)
    {
        if (folder is null) _built.TryRemove(image.Tag, out _);
        else _built[image.Tag] = folder;
    }
}
