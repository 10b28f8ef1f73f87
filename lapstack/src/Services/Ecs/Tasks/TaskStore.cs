using System.Collections.Concurrent;
using Lapstack.Chaos;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.State;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// Every task there is, and those stopped within the last hour. Each change is on disk before it is announced as an
/// event.
/// </summary>
internal sealed class TaskStore
{
    private const string Folder = "tasks";

    /// <summary>
    /// How long a stopped task can still be described.
    /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
    /// </summary>
    private static readonly TimeSpan StoppedVisible = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, TaskRecord> _tasks = new(StringComparer.Ordinal);
    private readonly ServiceState _state;
    private readonly IEventBus _bus;
    private readonly Account _account;
    private readonly Activity _activity;
    private readonly Ids _ids;
    private readonly TimeProvider _clock;
    private readonly ChaosDice _chaos;

    public TaskStore(
        StateFolder state,
        IEventBus bus,
        Account account,
        Activity activity,
        Ids ids,
        TimeProvider clock,
        ChaosDice chaos)
    {
        (_state, _bus, _account, _activity, _ids, _clock, _chaos) = (
            state.For("ecs"), bus, account, activity, ids, clock, chaos);
        foreach (var name in _state.List(Folder))
            if (_state.Read<TaskRecord>(name) is { } task) _tasks[task.Id] = task;
    }

    /// <summary>Called with each task as it is now, before its event is sent.</summary>
    public event Action<TaskRecord>? Changed;

    public IReadOnlyList<TaskRecord> All
    {
        get
        {
            Forget();
            return [.. _tasks.Values.OrderBy(t => t.CreatedAt).ThenBy(t => t.Id, StringComparer.Ordinal)];
        }
    }

    /// <param name="identifier">An id or an ARN.</param>
    public TaskRecord? Find(string identifier)
    {
        Forget();
        return _tasks.GetValueOrDefault(identifier[(identifier.LastIndexOf('/') + 1)..]);
    }

    /// <summary>On disk when it returns; announced by <see cref="AnnounceAsync"/>.</summary>
    public void Add(TaskRecord task) => Save(task with { UpdatedAt = _clock.GetUtcNow() });

    /// <summary>Applies a change and announces it. Returns the task after it.</summary>
    /// <param name="change">Gets the task as it is now; the same record back means no change, and nothing is
    /// announced.</param>
    public async Task<TaskRecord> UpdateAsync(string id, Func<TaskRecord, TaskRecord> change)
    {
        TaskRecord changed;
        lock (_gate)
        {
            var before = _tasks[id];
            changed = change(before);
            if (ReferenceEquals(changed, before)) return before;
            changed = changed with { Version = before.Version + 1, UpdatedAt = _clock.GetUtcNow() };
            Save(changed);
        }
        await AnnounceAsync(changed);
        return changed;
    }

    public Task AnnounceAsync(TaskRecord task)
    {
        Report(task);
        Changed?.Invoke(task);
        if (task.IsStopped && _chaos.Hit(_chaos.Shares.DropStopped))
        {
            _chaos.Report(
                "drop-stopped", $"The event that {task.Family} {task.Id[..8]} has stopped is never delivered.");
            return Task.CompletedTask;
        }

        var detail = TaskJson.ForEvent(task, _account.Region);
        return _bus.PutAsync(
            EventEnvelope.Around(
                detail,
                "ECS Task State Change",
                "aws.ecs",
                task.UpdatedAt,
                [task.Arn],
                _account,
                _ids), CancellationToken.None);
    }

    private void Report(TaskRecord task)
    {
        var text = $"{task.Family} {task.Id[..8]} is {task.LastStatus}";
        if (task.LastStatus != task.DesiredStatus && task.DesiredStatus == TaskState.Stopped) text += ", to be stopped";
        if (task.StopCode is not null) text += $": {task.StopCode}, {task.StoppedReason}";
        if (task.Containers.Any(c => c.ExitCode is not null))
            text += $" ({string.Join(", ", task.Containers.Select(c => $"{c.Name}: {(c.ExitCode is { } code ? $"exit code {code}" : "no exit code")}"))})";
        var details = new Dictionary<string, string> { ["taskArn"] = task.Arn };
        if (task.StartedBy is { } starter) details["startedBy"] = starter;
        _activity.Report("ECS", task.LastStatus, text, details);
    }

    private void Save(TaskRecord task)
    {
        _state.Write($"{Folder}/{task.Id}.json", task);
        _tasks[task.Id] = task;
    }

    private void Forget()
    {
        var oldest = _clock.GetUtcNow() - StoppedVisible;
        foreach (var task in _tasks.Values.Where(t => t.StoppedAt < oldest))
        {
            _tasks.TryRemove(task.Id, out _);
            _state.Delete($"{Folder}/{task.Id}.json");
        }
    }
}
