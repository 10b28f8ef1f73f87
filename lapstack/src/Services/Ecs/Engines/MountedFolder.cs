namespace Lapstack.Services.Ecs.Engines;

/// <summary>A folder of this machine, and where a container sees it.</summary>
internal sealed record MountedFolder(string Folder, string Path, bool IsReadOnly);
