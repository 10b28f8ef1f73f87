using System.Collections.Concurrent;
using System.Globalization;
using Jobs.Core;
using Jobs.Core.Engine;
using Jobs.Core.Ids;
using Jobs.Core.Tasks;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.InMemory;

/// <summary>
/// A small model of ECS: one task for each launch however often it is sent, stopping that is asked for and later
/// happens, and answers that are lost or refused when told so.
/// </summary>
public sealed class InMemoryTasks(TimeProvider clock) : ITasks, ITaskReadings
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InMemoryTask> _tasks = [];
    private readonly Queue<Func<Launch, LaunchAnswer>> _nextAnswers = [];
    private readonly ConcurrentQueue<string> _calls = new();
    private int _started;

    /// <summary>Name of every call so far, in order.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>Every task ever started, oldest first.</summary>
    public IReadOnlyList<InMemoryTask> All
    {
        get
        {
            lock (_gate) return [.. _tasks.Values.OrderBy(task => task.TaskArn, StringComparer.Ordinal)];
        }
    }

    /// <summary>The next RunTask is refused.</summary>
    public void RefuseNext(Verdict verdict) => Enqueue(_ => new LaunchAnswer.Refused(verdict));

    /// <summary>The next RunTask starts its task, but its answer is lost.</summary>
    public void LoseNextAnswer() => Enqueue(launch =>
    {
        Start(launch);
        return new LaunchAnswer.Unknown("The answer was lost.");
    });

    /// <summary>The next RunTask never arrives.</summary>
    public void LoseNextRequest() => Enqueue(_ => new LaunchAnswer.Unknown("The request was lost."));

    /// <summary>Ends a task and answers what ECS then says about it.</summary>
    /// <param name="exitCode">Of the worker's container; null when there is none.</param>
    public TaskObservation End(
        string taskArn,
        int? exitCode,
        string? stopCode = "EssentialContainerExited",
        string? reason = "Essential container in task exited")
    {
        lock (_gate)
        {
            var task = _tasks[taskArn];
            var now = clock.GetUtcNow();
            var stopped = new TaskObservation(taskArn)
            {
                StopCode = task.StopReason is null ? stopCode : "UserInitiated",
                StoppedReason = task.StopReason ?? reason,
                Containers = [new ContainerObservation(Names.WorkerContainer, exitCode, null)],
                CreatedAt = task.StartedAt,
                PullStartedAt = task.StartedAt,
                StartedAt = task.StartedAt,
                StoppedAt = now,
                Description = $$"""{"taskArn":"{{taskArn}}"}""",
            };
            _tasks[taskArn] = task with { Stopped = stopped };
            return stopped;
        }
    }

    /// <summary>The task does not get beyond PROVISIONING.</summary>
    public void Stick(string taskArn)
    {
        lock (_gate) _tasks[taskArn] = _tasks[taskArn] with { IsStuck = true };
    }

    /// <summary>ECS no longer knows the task.</summary>
    public void Forget(string taskArn)
    {
        lock (_gate) _tasks[taskArn] = _tasks[taskArn] with { IsForgotten = true };
    }

    public Task<LaunchAnswer> LaunchAsync(
        Launch launch, CancellationToken cancellation) => Call(nameof(LaunchAsync), () =>
        _nextAnswers.TryDequeue(out var answer)
            ? answer(launch)
            : new LaunchAnswer.Accepted(Start(launch).TaskArn), cancellation);

    public Task StopAsync(
        string taskArn, string reason, CancellationToken cancellation) => Call(nameof(StopAsync), () =>
        _tasks.TryGetValue(taskArn, out var task) && task.IsAlive
            ? _tasks[taskArn] = task with { StopReason = task.StopReason ?? reason }
            : null, cancellation);

    public Task<IReadOnlyDictionary<string, TaskReading?>> DescribeAsync(
        IReadOnlyCollection<string> taskArns, CancellationToken cancellation) =>
        Call<IReadOnlyDictionary<string, TaskReading?>>(
            nameof(DescribeAsync), () => taskArns.ToDictionary(arn => arn, Describe), cancellation);

    public Task<IReadOnlyList<string>> FindAsync(
        LaunchId launch, CancellationToken cancellation) => Call<IReadOnlyList<string>>(nameof(FindAsync), () =>
        [
            .. _tasks.Values.Where(task => task.Launch.Id == launch && !task.IsForgotten).Select(task => task.TaskArn),
        ], cancellation);

    private TaskReading? Describe(string taskArn) => _tasks.GetValueOrDefault(taskArn) switch
    {
        null or { IsForgotten: true } => null,
        { Stopped: { } stopped } => new TaskReading("STOPPED", stopped),
        { StopReason: not null } => new TaskReading("STOPPING", null),
        { IsStuck: true } stuck => new TaskReading("PROVISIONING", null) { CreatedAt = stuck.StartedAt },
        { } running => new TaskReading("RUNNING", null) { CreatedAt = running.StartedAt },
    };

    // The launch's token makes a repetition answer with the first task, whatever has become of it.
    private InMemoryTask Start(Launch launch)
    {
        if (_tasks.Values.FirstOrDefault(task => task.Launch.Id == launch.Id) is { } known) return known;
        var number = (++_started).ToString("00000000", CultureInfo.InvariantCulture);
        var task = new InMemoryTask(
            $"arn:aws:ecs:eu-central-1:123456789012:task/jobs/{number}", launch, clock.GetUtcNow());
        return _tasks[task.TaskArn] = task;
    }

    private void Enqueue(Func<Launch, LaunchAnswer> answer)
    {
        lock (_gate) _nextAnswers.Enqueue(answer);
    }

    private Task<T> Call<T>(string call, Func<T> operation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _calls.Enqueue(call);
        lock (_gate) return Task.FromResult(operation());
    }
}
