namespace Jobs.Tests.Fuzz.Search;

/// <summary>Inputs that once failed, a file each, in a folder of their target's name.</summary>
internal static class Findings
{
    /// <summary>In the order of their names; none when there is no folder.</summary>
    public static IEnumerable<byte[]> Of(string target)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Findings", target);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
            : [];
    }
}
