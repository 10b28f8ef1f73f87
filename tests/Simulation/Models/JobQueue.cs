using Jobs.Core.Backlog;
using Jobs.Tests.Simulation.Faults;
using Jobs.Tests.Simulation.World;

namespace Jobs.Tests.Simulation.Models;

/// <summary>
/// The queue whose messages a job's tasks take, a handful each. What a task has not done when it ends is in flight
/// until its visibility is over.
/// </summary>
internal sealed class JobQueue(SimulatedWorld world)
{
    private const int Handful = 10;

    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(60);

    private readonly Dictionary<EcsTask, int> _inHand = [];
    private int _lost;
    private QueueReading _before = new(0, 0);

    public int Visible { get; private set; }

    public bool IsEmpty => Visible == 0 && _lost == 0 && _inHand.Count == 0;

    public QueueReading Reading => new(Visible, _lost + _inHand.Values.Sum());

    /// <summary>As SQS says it, whose numbers may be those of a while ago.</summary>
    public QueueReading Read()
    {
        var reading = world.Happens(FaultKind.StaleQueue) ? _before : Reading;
        _before = Reading;
        return reading;
    }

    public void Send(int messages) => Visible += messages;

    public void Taken(EcsTask task)
    {
        var messages = Math.Min(Handful, Visible);
        Visible -= messages;
        _inHand[task] = messages;
    }

    /// <param name="done">The task did all that it had taken.</param>
    public void Ended(EcsTask task, bool done)
    {
        if (!_inHand.Remove(task, out var messages) || done) return;
        _lost += messages;
        world.Loop.After(Visibility, () => (_lost, Visible) = (_lost - messages, Visible + messages));
    }
}
