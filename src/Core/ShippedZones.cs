namespace Jobs.Core;

/// <summary>
/// Time zones that lie beside a program, for a system that has none, such as Lambda's provided.al2023.
/// https://github.com/aws/aws-lambda-dotnet/issues/1620
/// </summary>
public static class ShippedZones
{
    public const string FolderName = "zoneinfo";

    /// <summary>Where .NET looks for zones instead of in the system's folder.</summary>
    private const string Variable = "TZDIR";

    private const string OfTheSystem = "/usr/share/zoneinfo";

    /// <summary>Copies zones of this machine. Windows has no files of them, so none are copied there.</summary>
    /// <param name="folder">The program's.</param>
    /// <param name="names">Zones that this machine knows.</param>
    public static void Ship(string folder, IEnumerable<string> names)
    {
        var from = Environment.GetEnvironmentVariable(Variable) ?? OfTheSystem;
        if (!Directory.Exists(from)) return;
        foreach (var name in names.Distinct())
        {
            var copy = Path.Combine(folder, FolderName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(Path.Combine(from, name)));
        }
    }

    /// <summary>From now on this process knows the zones beside it, if there are any, and no others.</summary>
    /// <param name="folder">The program's.</param>
    public static void Use(string folder)
    {
        var zones = Path.Combine(folder, FolderName);
        if (Directory.Exists(zones)) Environment.SetEnvironmentVariable(Variable, zones);
    }
}
