namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// The health of a container or task.
/// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
/// </summary>
internal static class Health
{
    public const string Healthy = "HEALTHY";
    public const string Unhealthy = "UNHEALTHY";

    /// <summary>It has no health check, or the first has not come.</summary>
    public const string Unknown = "UNKNOWN";
}
