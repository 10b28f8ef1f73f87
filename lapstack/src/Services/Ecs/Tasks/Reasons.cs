namespace Lapstack.Services.Ecs.Tasks;

/// <summary>The texts ECS writes into stoppedReason and a container's reason.</summary>
internal static class Reasons
{
    public const string EssentialExited = "Essential container in task exited";
    public const string OutOfMemory = "OutOfMemoryError: Container killed due to memory usage";
    public const string Unhealthy = "Task failed container health checks";
    public const string SpotInterrupted = "Your Spot Task was interrupted.";

    /// <summary>Of a task that its service stops.</summary>
    public static string Scaled(string deploymentId) => $"Scaling activity initiated by (deployment {deploymentId})";

    /// <summary>Ours: Fargate has no word for a laptop that was closed.</summary>
    public const string EmulatorEnded = "The local emulator ended while the task was running.";
}
