using System.Reflection;

namespace Jobs.Tests.Aspire;

/// <summary>A test that starts an app host. Skipped where Aspire has no orchestrator for the platform.</summary>
public sealed class OrchestratorFactAttribute : FactAttribute
{
    public OrchestratorFactAttribute()
    {
        if (!File.Exists(Orchestrator))
            Skip = $"Aspire's orchestrator for this platform is not there: {Orchestrator ?? "its package has none"}.";
    }

    /// <summary>Where the app host's build has found it.</summary>
    private static string? Orchestrator => typeof(Projects.AppHost).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "dcpclipath")?.Value;
}
