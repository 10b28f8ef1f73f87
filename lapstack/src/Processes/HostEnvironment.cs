namespace Lapstack.Processes;

/// <summary>The few variables of the emulator's own environment that a child needs to run at all.</summary>
internal static class HostEnvironment
{
    private static readonly string[] PassedThrough = OperatingSystem.IsWindows()
        ?
        [
            "PATH", "PATHEXT", "SystemRoot", "SystemDrive", "ComSpec", "TEMP", "TMP", "USERPROFILE", "APPDATA",
            "LOCALAPPDATA", "ProgramData", "ProgramFiles", "DOTNET_ROOT",
        ]
        : ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT"];

    /// <summary>A new dictionary, to be filled with what the child is to see.</summary>
    public static Dictionary<string, string> Minimal()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in PassedThrough)
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) environment[name] = value;
        return environment;
    }
}
