using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Messages;
using Jobs.Core.Pauses;
using Jobs.Core.Runs;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Core.Backlog;

/// <summary>A job with a queue on the in-memory ports: how full the queue is a test says.</summary>
internal sealed class BacklogPlane : IQueueReader, IQueueServices, IBacklogMetrics
{
    public BacklogPlane(JobDefinition? job = null)
    {
        Job = job ?? new JobDefinition("drain") { Queue = new QueueTrigger { MessagesPerTask = 100, MaxTasks = 4 } };
        Control = new TestPlane(Job);
        Watch = NewWatch();
    }

    public JobDefinition Job { get; }

    public TestPlane Control { get; }

    public InMemoryDrains Drains { get; } = new();

    public BacklogWatch Watch { get; }

    /// <summary>Null for a queue that does not answer.</summary>
    public QueueReading? Messages { get; set; } = new(0, 0);

    public ServiceReading Service { get; set; }

    public List<double> Published { get; } = [];

    public IReadOnlyList<Run> Runs => [.. Control.Store.All];

    public IReadOnlyList<Run> Alive => [.. Runs.Where(run => !run.IsOver)];

    /// <summary>Each caller has its own, as two functions have.</summary>
    public BacklogWatch NewWatch() => new(
        Control.Faults.Around<IQueueReader>(this),
        Control.Faults.Around<IDrains>(Drains),
        Control.Faults.Around<IRunStore>(Control.Store),
        Control.Engine,
        new(() => Control.Faults.Around<IQueueServices>(this)),
        new(() => this),
        Control.Metrics,
        new PauseView(Control.Pauses, Control.Clock),
        Control.Clock);

    public Task<string> LookAsync() => Watch.LookAsync(Job, CancellationToken.None);

    public Task<DrainState> StateAsync() => Drains.ReadAsync(Job.Name, CancellationToken.None);

    public async Task EndAsync(Run run, bool success = true) =>
        await Control.DeliverAsync(run, success ? await Control.SucceedAsync(run) : await Control.FailAsync(run));

    Task<QueueReading> IQueueReader.ReadAsync(string job, CancellationToken cancellation) =>
        Messages is { } messages
            ? Task.FromResult(messages)
            : Task.FromException<QueueReading>(new TimeoutException("SQS does not answer."));

    Task<ServiceReading> IQueueServices.ReadAsync(string job, CancellationToken cancellation) =>
        Task.FromResult(Service);

    Task IQueueServices.WakeAsync(string job, CancellationToken cancellation)
    {
        Service = new ServiceReading(1, 0);
        return Task.CompletedTask;
    }

    void IBacklogMetrics.Publish(string job, double backlogPerTask) => Published.Add(backlogPerTask);
}
