namespace Jobs.Tests.EndToEnd;

/// <summary>A test that needs bash, which every machine that builds this has, except Windows.</summary>
internal sealed class BashFactAttribute : FactAttribute
{
    public BashFactAttribute()
    {
        if (Reason is { } reason) Skip = reason;
    }

    internal static string? Reason => OperatingSystem.IsWindows() ? "Windows has no bash of its own." : null;
}
