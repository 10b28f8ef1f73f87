using Lapstack.Template;

namespace Jobs.Local.Watching;

/// <summary>A project whose published files are an image of the stack.</summary>
/// <param name="Project">Path of its project file.</param>
/// <param name="Assembly">Name of what it builds, which the image starts.</param>
internal sealed record WorkerProject(string Project, string Assembly, ImageAsset Image)
{
    public string Folder => Path.GetDirectoryName(Project)!;
}
