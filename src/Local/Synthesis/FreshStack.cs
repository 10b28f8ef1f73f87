using Jobs.Local.Ground;

namespace Jobs.Local.Synthesis;

/// <summary>A cloud assembly that was just synthesized, beside the one that the laptop runs.</summary>
/// <param name="Folder">Where it is until it is taken.</param>
internal sealed record FreshStack(Workspace Workspace, string Folder)
{
    /// <summary>Says from which files an assembly is.</summary>
    public const string StampFile = "inputs.sha256";

    private string Last => Workspace.CloudAssembly + ".last";

    /// <summary>Puts it in the place of the other, which is kept aside.</summary>
    public void Take()
    {
        if (Directory.Exists(Last)) Directory.Delete(Last, recursive: true);
        if (Directory.Exists(Workspace.CloudAssembly)) Directory.Move(Workspace.CloudAssembly, Last);
        Directory.Move(Folder, Workspace.CloudAssembly);
    }

    /// <summary>Leaves the other where it is, as it has the same: it counts as being from these files.</summary>
    public void Leave() => File.Copy(
        Path.Combine(Folder, StampFile), Path.Combine(Workspace.CloudAssembly, StampFile), overwrite: true);

    /// <summary>Puts the other back.</summary>
    public void Undo()
    {
        Directory.Delete(Workspace.CloudAssembly, recursive: true);
        Directory.Move(Last, Workspace.CloudAssembly);
    }
}
