using System.Collections.Concurrent;

namespace Lapstack.Services.Ecs.Tasks;

/// <summary>
/// Which tasks of services neither scale-in nor a deployment may stop, and until when.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html
/// </summary>
internal sealed class TaskProtections(TimeProvider clock)
{
    /// <summary>When it expires, in minutes, unless the call says.</summary>
    public const int DefaultMinutes = 120;

    /// <summary>The longest, in minutes: two days.</summary>
    public const int MostMinutes = 2880;

    // No task outlives the process, so neither does its protection.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>Called with a task that was protected or released.</summary>
    public event Action<TaskRecord>? Changed;

    /// <summary>Null when it is not protected, or no longer.</summary>
    public DateTimeOffset? Of(string taskId) =>
        _until.TryGetValue(taskId, out var until) && until > clock.GetUtcNow() ? until : null;

    public bool Protects(string taskId) => Of(taskId) is not null;

    /// <param name="minutes">1 to 2,880.</param>
    public void Protect(TaskRecord task, int minutes)
    {
        _until[task.Id] = clock.GetUtcNow().AddMinutes(minutes);
        Changed?.Invoke(task);
    }

    public void Release(TaskRecord task)
    {
        if (_until.TryRemove(task.Id, out _)) Changed?.Invoke(task);
    }
}
