namespace Jobs.Tests.EndToEnd;

/// <summary>A test that builds the functions natively; without clang it is skipped.</summary>
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !HasClang) Skip = "Only on Linux with clang: it builds the functions natively.";
    }

    private static bool HasClang => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "clang")));
}
