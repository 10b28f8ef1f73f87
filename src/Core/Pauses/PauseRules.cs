namespace Jobs.Core.Pauses;

/// <summary>What can be paused.</summary>
public static class PauseRules
{
    /// <returns>Why a job cannot be paused, with what to do instead; null when it can.</returns>
    public static string? WhyNot(JobDefinition job) => job.Queue is { Mode: QueueMode.Service }
        ? $"Job '{job.Name}' is a service, whose tasks are its scaling's: it cannot be paused. Let its scaling have none: " +
            "aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension " +
            "ecs:service:DesiredCount --resource-id service/CLUSTER/SERVICE --min-capacity 0 --max-capacity 0"
        : null;
}
