namespace Lapstack.Services.Ecs.Tasks;

/// <summary>Why a task ended. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html</summary>
internal static class StopCode
{
    public const string TaskFailedToStart = "TaskFailedToStart";
    public const string EssentialContainerExited = "EssentialContainerExited";
    public const string UserInitiated = "UserInitiated";
    public const string ServiceSchedulerInitiated = "ServiceSchedulerInitiated";
    public const string SpotInterruption = "SpotInterruption";

    /// <summary>What Fargate says when it takes the host away; here: the emulator ended while the task ran.</summary>
    public const string TerminationNotice = "TerminationNotice";
}
