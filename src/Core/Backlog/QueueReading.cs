namespace Jobs.Core.Backlog;

/// <summary>How full a queue is, approximately: SQS settles within about a minute.</summary>
/// <param name="Visible">Messages that nobody has taken.</param>
/// <param name="InFlight">Messages that somebody has taken and not deleted.</param>
public readonly record struct QueueReading(int Visible, int InFlight)
{
    public int Total => Visible + InFlight;
}
