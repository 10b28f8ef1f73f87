using System.Collections.Concurrent;
using System.Threading.Channels;
using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Running;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>
/// Keeps each service's tasks as they should be. It looks at a service whenever the service, one of its tasks or a
/// protection changes, and when a pause or a protection ends; what it does then is <see cref="ServicePlan"/>'s.
/// </summary>
internal sealed class ServiceScheduler(
    ServiceStore services,
    TaskStore tasks,
    TaskHost host,
    ServiceTasks starter,
    TaskProtections protections,
    ServiceLog log,
    Activity activity,
    EcsTimings timings,
    RoomOnDisk room,
    Ids ids,
    TimeProvider clock) : IHostedPart, IDisposable
{
    private readonly BackgroundWork _work = new(activity, "ECS");
    private readonly Channel<string> _due = Channel.CreateUnbounded<string>();
    private readonly TaskOutcomes _outcomes = new(timings.Replacement);
    private readonly ConcurrentDictionary<(string Arn, DateTimeOffset At), byte> _planned = new();

    /// <summary>
    /// After the task host has said what became of an earlier emulator's tasks: those are replaced, not counted as
    /// failed.
    /// </summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        services.ForgetRemoved();
        services.Changed += Look;
        tasks.Changed += LookAtServiceOf;
        protections.Changed += LookAtProtected;
        _outcomes.Disregard(tasks.All);
        foreach (var service in services.All) Look(service.Arn);
        _work.Run(RunAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync() => _work.StopAsync();

    public void Dispose() => _work.Dispose();

    private void Look(string arn) => _due.Writer.TryWrite(arn);

    private void LookAtServiceOf(TaskRecord task)
    {
        if (services.All.FirstOrDefault(s => s.Has(task)) is { } service) Look(service.Arn);
    }

    private void LookAtProtected(TaskRecord task)
    {
        if (services.All.FirstOrDefault(s => s.Has(task)) is not { } service) return;
        Look(service.Arn);
        if (protections.Of(task.Id) is { } until) LookAt(service.Arn, until);
    }

    private void LookAt(string arn, DateTimeOffset at)
    {
        if (!_planned.TryAdd((arn, at), 0)) return;
        _work.Run(async stopping =>
        {
            var pause = at - clock.GetUtcNow();
            if (pause > TimeSpan.Zero) await Task.Delay(pause, clock, stopping);
            _planned.TryRemove((arn, at), out _);
            Look(arn);
        });
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var arn in _due.Reader.ReadAllAsync(stopping))
        {
            await room.AwaitAsync(() => TendAsync(arn), stopping);
        }
    }

    private async Task TendAsync(string arn)
    {
        if (services.Find(arn) is not { } service) return;
        try
        {
            // One look: what is counted as ended is what is missing.
            var all = tasks.All.Where(service.Has).ToList();
            await ArrangeAsync(Count(service, all), all);
        }
        catch (Exception refused) when (refused is ServiceError || (refused is IOException && !FullDisk.Is(refused)))
        {
            log.Add(service, $"was unable to place a task. Reason: {refused.Message}");
            LookAt(arn, clock.GetUtcNow() + StartBackoff.Longest);
        }
    }

    private ServiceRecord Count(ServiceRecord service, IReadOnlyList<TaskRecord> all)
    {
        var counted = services.Update(service.Arn, current =>
        {
            var primary = _outcomes.Count(current.Primary, all, clock.GetUtcNow());
            return primary == current.Primary ? current : current.WithPrimary(_ => primary);
        })!;
        var failures = counted.Primary.FailuresInRow;
        if (failures >= StartBackoff.Consistent && failures > service.Primary.FailuresInRow)
        {
            log.Add(service, "is unable to consistently start tasks successfully.");
        }

        return counted;
    }

    private async Task ArrangeAsync(ServiceRecord service, IReadOnlyList<TaskRecord> all)
    {
        var present = all.Where(t => t.DesiredStatus == TaskState.Running).ToList();
        foreach (var unhealthy in present.Where(t => t.HealthStatus == Health.Unhealthy).ToList())
        {
            await host.StopTaskAsync(
                unhealthy.Id, new StopRequest(StopCode.ServiceSchedulerInitiated, Reasons.Unhealthy));
            log.Add(service, $"has stopped 1 unhealthy tasks: (task {unhealthy.Id}).");
            present.Remove(unhealthy);
        }

        var plan = ServicePlan.Of(service, present, protections.Protects);
        foreach (var id in plan.Stop)
        {
            await host.StopTaskAsync(
                id, new StopRequest(StopCode.ServiceSchedulerInitiated, Reasons.Scaled(service.Primary.Id)));
        }

        if (plan.Stop.Count > 0) log.Add(service, $"has stopped {Tasks("running ", plan.Stop)}.");
        if (plan.Start > 0) Start(service, plan.Start, present.Where(t => !plan.Stop.Contains(t.Id)).ToList());
        Advance(service, plan);
    }

    private void Advance(ServiceRecord service, ServicePlan plan)
    {
        IReadOnlyList<string> said = [];
        services.Update(service.Arn, current =>
        {
            // It was changed meanwhile: the next look decides anew.
            if (current.Primary.Id != service.Primary.Id || current.Wanted != service.Wanted) return current;
            var alive = tasks.All.Where(t => service.Has(t) && !t.IsStopped).ToList();
            (var advanced, said) = Rollout.Advance(
                current, plan, alive, () => DeploymentIds.New(ids), clock.GetUtcNow());
            return advanced;
        });
        foreach (var sentence in said) log.Add(service, sentence);
    }

    private void Start(ServiceRecord service, int count, IReadOnlyList<TaskRecord> present)
    {
        var at = service.Primary.NextStartAt;
        if (at > clock.GetUtcNow())
        {
            LookAt(service.Arn, at);
            return;
        }
        var started = starter.Start(service, count, present);
        log.Add(service, $"has started {Tasks("", [.. started.Select(t => t.Id)])}.");
    }

    private static string Tasks(string kind, IReadOnlyList<string> ids) =>
        $"{ids.Count} {kind}tasks: {string.Join(' ', ids.Select(id => $"(task {id})"))}";
}
