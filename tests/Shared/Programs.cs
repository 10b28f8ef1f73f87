namespace Jobs.Tests;

/// <summary>Programs that a test may need and a machine may lack.</summary>
internal static class Programs
{
    public static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)));
}
