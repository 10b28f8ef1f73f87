using Jobs.Cli.Ground;

namespace Jobs.Cli.Import;

/// <summary>A repository that Copilot deploys from: its root, and the manifests in its folder copilot.</summary>
/// <param name="Root">What paths in manifests begin at.</param>
/// <param name="Manifests">Full paths, in the order of the alphabet.</param>
/// <param name="Others">Full paths of what Copilot deploys besides: add-ons and overrides.</param>
internal sealed record CopilotWorkspace(
    string Root, string Application, IReadOnlyList<string> Manifests, IReadOnlyList<string> Others)
{
    private const string Folder = "copilot";
    private const string ManifestName = "manifest.yml";
    private const string Remedy = $"Name the folder copilot, the folder that has it, or one {ManifestName}.";

    /// <summary>Folders beside a manifest that hold something else that is deployed.</summary>
    private static readonly string[] OtherFolders = ["addons", "overrides"];

    /// <param name="path">The workspace, its folder copilot, or one manifest.</param>
    public static CopilotWorkspace Find(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full)) return OfFolder(CopilotAbove(full), [full]);
        if (!Directory.Exists(full))
        {
            throw CliException.Failed($"{path} is not there. {Remedy}");
        }

        var inside = Path.Combine(full, Folder);
        var folder = Directory.Exists(inside) ? inside : full;
        var manifests = Directory.EnumerateFiles(folder, ManifestName, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).ToList();
        return manifests.Count > 0
            ? OfFolder(folder, manifests)
            : throw CliException.Failed(
                $"{path} has no {ManifestName}. {Remedy}");
    }

    private static CopilotWorkspace OfFolder(string folder, IReadOnlyList<string> manifests)
    {
        var root = Path.GetFileName(folder) == Folder ? Path.GetDirectoryName(folder)! : folder;
        var application = ApplicationOf(folder) ?? Path.GetFileName(root);
        return new CopilotWorkspace(root, application, manifests, OthersOf(manifests));
    }

    /// <summary>The nearest folder of that name; without one, where the manifest lies.</summary>
    private static string CopilotAbove(string manifest)
    {
        for (var folder = Path.GetDirectoryName(manifest); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.GetFileName(folder) == Folder) return folder;
        }

        return Path.GetDirectoryName(manifest)!;
    }

    private static string? ApplicationOf(string folder)
    {
        var file = Path.Combine(folder, ".workspace");
        return File.Exists(file) ? ManifestReader.Read(file, File.ReadAllText(file))?["application"]?.Scalar : null;
    }

    private static List<string> OthersOf(IReadOnlyList<string> manifests) =>
    [
        .. from manifest in manifests
           from name in OtherFolders
           let other = Path.Combine(Path.GetDirectoryName(manifest)!, name)
           where Directory.Exists(other)
           select other,
    ];
}
