namespace Jobs.Tests.EndToEnd;

/// <summary>A test that finds processes by /proc, which only Linux has; elsewhere it is skipped.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Only on Linux: it finds processes by /proc.";
    }
}
