using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Jobs.Core.Definitions;

namespace Jobs.Sdk.Declarations;

/// <summary>From a handler's attributes to its queue.</summary>
internal static class QueueDeclaration
{
    private static readonly QueueService Plain = new();

    /// <summary>Null when the class has no queue.</summary>
    public static QueueTrigger? Read([DynamicallyAccessedMembers(JobContract.Needed)] Type type) =>
        JobContract.HasQueue(type)
            ? Read(type, type.GetCustomAttribute<OnQueueAttribute>(inherit: false) ?? new OnQueueAttribute())
            : null;

    private static QueueTrigger Read(Type type, OnQueueAttribute on) =>
        new()
        {
            MessagesPerTask = on.MessagesPerTask,
            MaxTasks = on.MaxTasks,
            IdleSeconds = on.IdleSeconds,
            VisibilitySeconds = on.VisibilitySeconds,
            MaxReceives = on.MaxReceives,
            Parallelism = on.Parallelism,
            Mode = on.Mode,
            Service = ReadService(type, on),
        };

    /// <summary>
    /// Null for tasks, unless something was said that only a service has: that is refused by the queue's rules.
    /// </summary>
    private static QueueService? ReadService(Type type, OnQueueAttribute on)
    {
        var service = new QueueService
        {
            MinTasks = on.MinTasks,
            Steps = [.. type.GetCustomAttributes<ScaleOnBacklogAttribute>(inherit: false)
                .Select(step => step.ToStep())
                .OrderBy(step => step.Messages)],
            Schedules = [.. type.GetCustomAttributes<ScaleOnScheduleAttribute>(inherit: false)
                .Select(schedule => schedule.ToScaling())],
            MinimumHealthyPercent = on.MinimumHealthyPercent,
            MaximumPercent = on.MaximumPercent,
        };
        var isPlain = service.Steps.Count + service.Schedules.Count == 0
            && service with { Steps = Plain.Steps, Schedules = Plain.Schedules } == Plain;
        return on.Mode == QueueMode.Service || !isPlain ? service : null;
    }
}
