namespace Lapstack.Processes;

/// <summary>The operating system this process runs on.</summary>
internal static class Platform
{
    public static IPlatform Current { get; } =
        OperatingSystem.IsWindows() ? new WindowsPlatform()
        : OperatingSystem.IsMacOS() ? new MacPlatform()
        : new LinuxPlatform();
}
