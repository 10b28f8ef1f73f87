using System.Reflection;

namespace Jobs.Cli.Ground;

/// <summary>The packages have one version, and so have projects that this tool makes.</summary>
internal static class ToolVersion
{
    public static string Current =>
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
