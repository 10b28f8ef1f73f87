using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// The containers of one task: started in the order of their dependencies, ended together when an essential one ends.
/// </summary>
internal sealed class ContainerGroup
{
    private readonly Dictionary<string, ContainerSlot> _slots;
    private readonly TaskCompletionSource<StopRequest> _essentialExited = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    public ContainerGroup(IEnumerable<ContainerDefinition> definitions, string taskId, Ids ids, TimeProvider clock) =>
        _slots = definitions.ToDictionary(
            d => d.Name,
            d => new ContainerSlot(d, $"{taskId}-{Convert.ToUInt32(ids.Hex(8), 16):D10}", clock),
            StringComparer.Ordinal);

    /// <summary>Completes when an essential container has ended, with what that means for the task.</summary>
    public Task<StopRequest> EssentialExited => _essentialExited.Task;

    /// <summary>Returns when every container has been started.</summary>
    /// <param name="sidecarExited">Called when a container that is not essential ends.</param>
    /// <exception cref="ContainerStartException">One could not be started; those that run go on until
    /// <see cref="StopAsync"/>.</exception>
    public async Task StartAsync(
        Func<ContainerDefinition, ChildProcess> launch, Func<Task> sidecarExited, CancellationToken cancellation)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var starting = _slots.Values.Select(slot => StartOneAsync(slot, launch, sidecarExited, any.Token)).ToList();
        while (starting.Count > 0)
        {
            var first = await Task.WhenAny(starting);
            starting.Remove(first);
            if (first.IsFaulted) await any.CancelAsync();
            if (first.IsFaulted || first.IsCanceled)
            {
                await Task.WhenAll(starting.Select(t => t.ContinueWith(_ => { }, TaskScheduler.Default)));
            }

            await first;
        }
    }

    public void Fail(string container, string reason) => _slots[container].Fail(reason);

    public Task StopAsync() => Task.WhenAll(_slots.Values.Select(slot => slot.StopAsync()));

    /// <summary>Ends what still runs, at once.</summary>
    public Task KillAsync() => Task.WhenAll(_slots.Values.Select(slot => slot.KillAsync()));

    /// <summary>The task's record with what is known of its containers.</summary>
    /// <param name="taskEnded">Whether also those that never ran are to be called stopped.</param>
    public TaskRecord Describe(TaskRecord task, bool taskEnded) =>
        task with { Containers = [.. task.Containers.Select(c => _slots[c.Name].Describe(c, taskEnded))] };

    private async Task StartOneAsync(
        ContainerSlot slot, Func<ContainerDefinition, ChildProcess> launch, Func<Task> sidecarExited,
        CancellationToken cancellation)
    {
        foreach (var dependency in slot.Definition.DependsOn) await WaitAsync(slot, dependency, cancellation);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            slot.Start(launch);
        }
        catch (ProgramNotFoundException missing)
        {
            slot.Fail($"CannotStartContainerError: {missing.Message}");
            throw new ContainerStartException($"CannotStartContainerError: {missing.Message}");
        }
        _ = FollowAsync(slot, sidecarExited);
    }

    private async Task WaitAsync(ContainerSlot slot, ContainerDependency dependency, CancellationToken cancellation)
    {
        var other = _slots[dependency.Container];
        await other.Started.WaitAsync(cancellation);
        if (dependency.Condition == "START") return;
        var exit = await other.Exited.WaitAsync(cancellation);
        if (dependency.Condition == "SUCCESS" && exit.Code != 0)
            throw new ContainerStartException(
                $"CannotStartContainerError: container {slot.Definition.Name} waits for {dependency.Container} to " +
                $"succeed, which ended with exit code {exit.Code}.");
    }

    private async Task FollowAsync(ContainerSlot slot, Func<Task> sidecarExited)
    {
        var exit = await slot.Exited;
        if (slot.Definition.Essential)
            _essentialExited.TrySetResult(
                new StopRequest(
                    StopCode.EssentialContainerExited,
                    exit.OutOfMemory ? Reasons.OutOfMemory : Reasons.EssentialExited));
        else await sidecarExited();
    }
}
