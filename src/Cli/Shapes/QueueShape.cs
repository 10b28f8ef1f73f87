using Jobs.Cli.Reading;

namespace Jobs.Cli.Shapes;

/// <summary>A queue and about how many messages are in it.</summary>
/// <param name="DeadLetters">What it could not handle.</param>
internal sealed record QueueShape(string Name, int Visible, int InFlight, int Delayed, int DeadLetters)
{
    public static QueueShape Of(QueueState queue) =>
        new(queue.Name, queue.Depth.Visible, queue.Depth.InFlight, queue.Depth.Delayed, queue.DeadLetters);
}
