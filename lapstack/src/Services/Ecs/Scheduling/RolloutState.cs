namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// How far a deployment is. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
/// </summary>
internal static class RolloutState
{
    public const string InProgress = "IN_PROGRESS";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";
}
