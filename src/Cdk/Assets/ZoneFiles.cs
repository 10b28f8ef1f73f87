namespace Jobs.Cdk.Assets;

/// <summary>This machine's time zones as files, which functions have beside them where Lambda has none.</summary>
internal static class ZoneFiles
{
    private const string OfTheSystem = "/usr/share/zoneinfo";

    /// <summary>Copies zones. Windows has no files of them, so none are copied there.</summary>
    /// <param name="names">Zones that this machine knows.</param>
    public static void Copy(string folder, IEnumerable<string> names)
    {
        var from = Environment.GetEnvironmentVariable("TZDIR") ?? OfTheSystem;
        if (!Directory.Exists(from)) return;
        foreach (var name in names.Distinct())
        {
            var copy = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            // Many are links to others.
            File.WriteAllBytes(copy, File.ReadAllBytes(Path.Combine(from, name)));
        }
    }
}
