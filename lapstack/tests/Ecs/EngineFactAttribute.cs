namespace Lapstack.Tests.Ecs;

/// <summary>
/// A test that runs containers. It needs an engine that works for the person who runs the tests, and a static shell for
/// images that are built from nothing: Debian's packages podman and busybox-static.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineFactAttribute : FactAttribute
{
    /// <summary>The program, such as podman.</summary>
    public static readonly string? Engine = Environment.GetEnvironmentVariable("LAPSTACK_TEST_ENGINE");

    public const string Shell = "/bin/busybox";

    public EngineFactAttribute()
    {
        if (string.IsNullOrEmpty(Engine) || !File.Exists(Shell))
        {
            Skip = $"Needs {Shell} (busybox-static), and LAPSTACK_TEST_ENGINE=podman (or docker) for an engine that " +
                "works here.";
        }
    }
}
