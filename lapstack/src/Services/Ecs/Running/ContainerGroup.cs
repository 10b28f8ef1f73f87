using Lapstack.Ground;
using Lapstack.Processes;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// The containers of one task: started in the order of their dependencies, ended in the opposite one when an essential
/// one ends.
/// </summary>
internal sealed class ContainerGroup : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, ContainerSlot> _slots;
    private readonly TaskCompletionSource<StopRequest> _essentialExited = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    public ContainerGroup(IEnumerable<ContainerDefinition> definitions, string taskId, Ids ids, TimeProvider clock)
    {
        _clock = clock;
        _slots = definitions.ToDictionary(
            d => d.Name,
            d => new ContainerSlot(d, $"{taskId}-{Convert.ToUInt32(ids.Hex(8), 16):D10}", clock),
            StringComparer.Ordinal);
    }

    /// <summary>Completes when an essential container has ended, with what that means for the task.</summary>
    public Task<StopRequest> EssentialExited => _essentialExited.Task;

    /// <summary>Returns when every container has been started.</summary>
    /// <param name="starts">What starts each container, by name.</param>
    /// <param name="changed">Called when a container that is not essential ends, or one's health changes.</param>
    /// <exception cref="ContainerStartException">One could not be started; those that run go on until
    /// <see cref="StopAsync"/>.</exception>
    public async Task StartAsync(
        IReadOnlyDictionary<string, Func<CancellationToken, Task<IContainer>>> starts,
        Func<Task> changed,
        CancellationToken cancellation)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var starting = _slots.Values.Select(slot =>
            StartOneAsync(slot, starts[slot.Definition.Name], changed, any.Token)).ToList();
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

    /// <summary>A container is asked to end when all that depend on it have ended.</summary>
    public Task StopAsync()
    {
        var stopping = new Dictionary<string, Task>(StringComparer.Ordinal);
        return Task.WhenAll(_slots.Keys.Select(Stop));

        Task Stop(string name)
        {
            if (stopping.TryGetValue(name, out var already)) return already;
            var dependents = _slots.Values
                .Where(other => other.Definition.DependsOn.Any(d => d.Container == name))
                .Select(other => Stop(other.Definition.Name))
                .ToList();
            return stopping[name] = StopAfterAsync(_slots[name], dependents);
        }
    }

    /// <summary>Ends what still runs, at once.</summary>
    public Task KillAsync() => Task.WhenAll(_slots.Values.Select(slot => slot.KillAsync()));

    /// <summary>The task's record with what is known of its containers.</summary>
    /// <param name="taskEnded">Whether also those that never ran are to be called stopped.</param>
    public TaskRecord Describe(TaskRecord task, bool taskEnded) =>
        task with { Containers = [.. task.Containers.Select(c => Describe(c, taskEnded))] };

    /// <summary>One that is left out here never ran.</summary>
    private ContainerRecord Describe(ContainerRecord record, bool taskEnded) =>
        _slots.TryGetValue(record.Name, out var slot) ? slot.Describe(record, taskEnded)
        : taskEnded ? record with { LastStatus = TaskState.Stopped }
        : record;

    public void Dispose()
    {
        foreach (var slot in _slots.Values) slot.Dispose();
    }

    private static async Task StopAfterAsync(ContainerSlot slot, IReadOnlyList<Task> dependents)
    {
        await Task.WhenAll(dependents);
        await slot.StopAsync();
    }

    private async Task StartOneAsync(
        ContainerSlot slot, Func<CancellationToken, Task<IContainer>> start, Func<Task> changed,
        CancellationToken cancellation)
    {
        foreach (var dependency in slot.Definition.DependsOn) await WaitAsync(slot, dependency, cancellation);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await slot.StartAsync(start, changed, cancellation);
        }
        catch (ContainerStartException cannot)
        {
            slot.Fail(cannot.Message);
            throw;
        }
        _ = FollowAsync(slot, changed);
    }

    private async Task WaitAsync(ContainerSlot slot, ContainerDependency dependency, CancellationToken cancellation)
    {
        var (name, condition) = dependency;
        var other = _slots[name];
        await other.Started.WaitAsync(cancellation);
        if (condition == "START") return;
        Task reached = condition == "HEALTHY" ? Task.WhenAny(other.Healthy, other.Exited) : other.Exited;
        try
        {
            await reached.WaitAsync(other.Definition.StartTimeout, _clock, cancellation);
        }
        catch (TimeoutException)
        {
            throw Waited($"which was not so within {other.Definition.StartTimeout.TotalSeconds} seconds");
        }

        if (condition == "HEALTHY" && !other.Healthy.IsCompleted)
            throw Waited($"which ended with exit code {(await other.Exited).Code}");
        if (condition == "SUCCESS" && await other.Exited is { Code: not 0 } failed)
            throw Waited($"which ended with exit code {failed.Code}");

        ContainerStartException Waited(string why) => new(
            $"CannotStartContainerError: container {slot.Definition.Name} waits for {name} to be {condition}, {why}.");
    }

    private async Task FollowAsync(ContainerSlot slot, Func<Task> changed)
    {
        var exit = await slot.Exited;
        if (slot.Definition.Essential)
            _essentialExited.TrySetResult(
                new StopRequest(
                    StopCode.EssentialContainerExited,
                    exit.OutOfMemory ? Reasons.OutOfMemory : Reasons.EssentialExited));
        else await changed();
    }
}
