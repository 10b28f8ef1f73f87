using Lapstack.Services.Ecs.Tasks;
namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// What the service scheduler does next. Pure: from how things are to what is to be started and stopped.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
/// </summary>
/// <param name="Start">How many tasks of the primary deployment.</param>
/// <param name="Stop">Ids; never one that is protected.</param>
/// <param name="IsSteady">Whether the primary deployment has all its tasks RUNNING and no other has any.</param>
internal sealed record ServicePlan(int Start, IReadOnlyList<string> Stop, bool IsSteady)
{
    /// <param name="tasks">The service's tasks that are to run, whatever they have reached.</param>
    /// <param name="isProtected">By id: protection from scale-in and from deployments.</param>
    public static ServicePlan Of(ServiceRecord service, IReadOnlyList<TaskRecord> tasks, Func<string, bool> isProtected)
    {
        var wanted = service.Wanted;
        var own = tasks.Where(t => t.StartedBy == service.Primary.Id).ToList();
        var old = tasks.Except(own).ToList();
        var surplus = Unprotected(own, isProtected).Take(Math.Max(0, own.Count - wanted)).ToList();
        var stopped = surplus.Concat(Replaced(service, tasks.Except(surplus).ToList(), old, isProtected))
            .Select(t => t.Id)
            .ToList();
        var steady = old.Count == 0
            && own.Count(IsRunning) >= wanted
            && own.Count == Math.Max(wanted, own.Count(t => isProtected(t.Id)));
        return new ServicePlan(Missing(service, own.Count, tasks.Count), stopped, steady);
    }

    /// <summary>
    /// Up to the desired count, and with the tasks of other deployments not above the maximum percent (rounded down).
    /// </summary>
    private static int Missing(ServiceRecord service, int own, int all)
    {
        if (service.Primary.IsFailed) return 0;
        var ceiling = service.Wanted * service.MaximumPercent / 100;
        return Math.Max(0, Math.Min(service.Wanted - own, ceiling - all));
    }

    /// <summary>
    /// Tasks of earlier deployments, as long as the minimum healthy percent (rounded up) keeps running.
    /// </summary>
    private static IEnumerable<TaskRecord> Replaced(
        ServiceRecord service, IReadOnlyList<TaskRecord> kept, IReadOnlyList<TaskRecord> old,
        Func<string, bool> isProtected)
    {
        // A deployment that failed leaves what ran before it alone.
        if (service.Primary.IsFailed && service.Wanted > 0) return [];
        var least = ((service.Wanted * service.MinimumHealthyPercent) + 99) / 100;
        var spare = Math.Max(0, kept.Count(IsRunning) - least);
        var candidates = Unprotected(old, isProtected).ToList();
        return candidates.Where(t => !IsRunning(t)).Concat(candidates.Where(IsRunning).Take(spare));
    }

    /// <summary>Those that do not run yet first, then the youngest, which have the least to lose.</summary>
    private static IEnumerable<TaskRecord> Unprotected(IEnumerable<TaskRecord> tasks, Func<string, bool> isProtected) =>
        tasks
        .Where(t => !isProtected(t.Id))
        .OrderBy(IsRunning).ThenByDescending(t => t.CreatedAt).ThenBy(t => t.Id, StringComparer.Ordinal);

    private static bool IsRunning(TaskRecord task) => task.LastStatus == TaskState.Running;
}
