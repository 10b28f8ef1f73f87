namespace Jobs.Tests.Packages.Surface;

/// <summary>
/// A listing has a line for each type, under it an indented line for each member, and blank lines and # comments
/// between.
/// </summary>
internal static class Listing
{
    public static (HashSet<string> Listed, HashSet<string> LeftOut) Read(string package)
    {
        using var stream = typeof(Listing).Assembly.GetManifestResourceStream(package + ".txt")!;
        using var reader = new StreamReader(stream);
        HashSet<string> listed = [], leftOut = [];
        var type = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] != ' ')
            {
                type = line.TrimStart('-').Split(' ')[1];
                (line[0] == '-' ? leftOut : listed).Add(line.TrimStart('-'));
            }
            else
            {
                var member = line.Trim();
                (member[0] == '-' ? leftOut : listed).Add($"{type}.{member.TrimStart('-').Trim()}");
            }
        }
        return (listed, leftOut);
    }
}
