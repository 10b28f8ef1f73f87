namespace Lapstack.Tests.Processes;

/// <summary>A test of what only some systems have; elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SystemFactAttribute : FactAttribute
{
    public const string Linux = "Linux";
    public const string MacOS = "macOS";
    public const string Windows = "Windows";

    public SystemFactAttribute(params string[] systems)
    {
        Systems = systems;
        if (!systems.Any(OperatingSystem.IsOSPlatform)) Skip = $"Only on {string.Join(" and ", systems)}.";
    }

    public IReadOnlyList<string> Systems { get; }

    /// <summary>Programs that it takes besides.</summary>
    public string[] Programs
    {
        get;
        init
        {
            field = value;
            if (value.FirstOrDefault(program => !Jobs.Tests.Programs.IsOnPath(program)) is { } missing)
                Skip ??= $"{missing} is not on the PATH.";
        }
    } = [];
}
