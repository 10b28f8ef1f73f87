namespace Jobs.Apps;

/// <summary>
/// Finds the CDK app that a person means by the folder they are in: the nearest <c>cdk.json</c>, in this folder or
/// above, or in one subfolder of these. Subfolders are looked into up to the solution or repository around the folder,
/// and no further: what lies beside that is another's.
/// </summary>
public static class AppSearch
{
    private static readonly string[] Solutions = ["*.sln", "*.slnx"];

    /// <summary>Folders above may be closed to us, and are then not where the app is.</summary>
    private static readonly EnumerationOptions Open = new();

    /// <param name="named">Folder of the app; null to search.</param>
    /// <param name="places">Where to search, one after the other.</param>
    /// <exception cref="AppException">There is none, or several are equally near.</exception>
    public static string Find(string? named, params IEnumerable<string> places)
    {
        if (named is not null)
        {
            var folder = Path.GetFullPath(named);
            return HasApp(folder) ? folder : throw new AppException(
                $"There is no {CdkApp.FileName} in {folder}. Name the folder of one with --app.");
        }

        return places.Select(Nearest).FirstOrDefault(folder => folder is not null) ?? throw new AppException(
            $"There is no {CdkApp.FileName} in {places.First()} or above, nor in a folder directly below one of " +
            "these. Go to the folder of your CDK app, or name it: --app FOLDER.");
    }

    /// <summary>
    /// The nearest folder at or above this one with a solution or repository; null when there is none.
    /// </summary>
    public static string? RootOf(string folder) => Above(folder).FirstOrDefault(IsRoot);

    private static string? Nearest(string place)
    {
        var last = RootOf(place) ?? Path.GetFullPath(place);
        var isInside = true;
        foreach (var folder in Above(place))
        {
            if (HasApp(folder)) return folder;
            if (isInside && OnlyBelow(folder) is { } only) return only;
            isInside &= folder != last;
        }

        return null;
    }

    private static string? OnlyBelow(string folder)
    {
        var apps = Directory.EnumerateDirectories(folder, "*", Open).Where(SourceFiles.IsSourceFolder).Where(HasApp)
            .Order(StringComparer.Ordinal).ToList();
        return apps.Count <= 1 ? apps.FirstOrDefault() : throw new AppException(
            $"There are several CDK apps in {folder}: {string.Join(", ", apps.Select(Path.GetFileName))}. Say which " +
            $"one to run: --app {Path.GetRelativePath(Environment.CurrentDirectory, apps[0])}.");
    }

    private static bool HasApp(string folder) => File.Exists(Path.Combine(folder, CdkApp.FileName));

    private static bool IsRoot(string folder) =>
        Path.Exists(Path.Combine(folder, ".git"))
        || Array.Exists(Solutions, pattern => Directory.EnumerateFiles(folder, pattern, Open).Any());

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
