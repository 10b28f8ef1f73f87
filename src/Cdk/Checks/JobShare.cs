using Jobs.Core.Definitions;

namespace Jobs.Cdk.Checks;

/// <summary>How much of a stack's limit one job takes.</summary>
internal sealed record JobShare(Job Job, int Count)
{
    /// <summary>What makes the difference between jobs.</summary>
    public string Kind => Job.Definition switch
    {
        { Queue.Mode: QueueMode.Service } => "jobs with a queue and a service",
        { Queue: not null } => "jobs with a queue",
        { Uploads.Count: > 0 } => "jobs with upload triggers",
        { Events.Count: > 0 } => "jobs with event triggers",
        { Schedules.Count: > 0 } => "jobs with schedules",
        _ => "other jobs",
    };
}
