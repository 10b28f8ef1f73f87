
namespace Jobs.Tests.Unit.House;

/// <summary>
/// The folders of a project as floors of a house: code uses what lies on its own floor and below it, never what lies
/// above. So no folders form a circle.
/// </summary>
/// <param name="sources">The project's source.</param>
/// <param name="floors">Folders from the ground up, relative to the project; empty for the project's own.</param>
internal sealed class Floors(IReadOnlyCollection<SourceFile> sources, params IReadOnlyList<string> floors)
{
    /// <param name="project">Folder of the project, relative to the repository.</param>
    /// <param name="floors">Folders from the ground up, relative to the project; empty for the project's own.</param>
    public static Floors Of(string project, params IReadOnlyList<string> floors)
    {
        var folder = Path.Combine(Repository.Root, project);
        return new Floors([.. Repository.SourceFiles(project).Select(file => SourceFile.Read(folder, file))], floors);
    }

    /// <summary>
    /// What is wrong, a sentence each; none when every arrow points down and every folder has its floor.
    /// </summary>
    public IReadOnlyList<string> Offences() => [.. Missing(), .. Empty(), .. Climbing()];

    private IEnumerable<string> Missing() =>
        from folder in sources.Select(source => source.Folder).Distinct().Order(StringComparer.Ordinal)
        where !floors.Contains(folder)
        select $"{Named(folder)} is on no floor. Add it to the list, below all that uses it.";

    private IEnumerable<string> Empty() =>
        from floor in floors
        where sources.All(source => source.Folder != floor)
        select $"{Named(floor)} has no source. Take it from the list.";

    private IEnumerable<string> Climbing() =>
        from arrow in new Arrows(sources).All()
        let own = Height(arrow.From.Folder)
        let target = Height(arrow.To.Folder)
        where own >= 0 && target > own
        select $"{arrow.From.Path} uses {arrow.Name} of {arrow.To.Path}, which lies above it.";

    private int Height(string folder) => floors.ToList().IndexOf(folder);

    private static string Named(string folder) => folder.Length == 0 ? "The project's own folder" : $"Folder {folder}";
}
