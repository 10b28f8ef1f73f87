namespace Jobs.Core.Backlog;

/// <summary>How full a queue is, approximately: SQS settles within about a minute.</summary>
/// <param name="Visible">Messages that wait to be received.</param>
/// <param name="InFlight">Messages that were received and are not deleted.</param>
public readonly record struct QueueReading(int Visible, int InFlight)
{
    public int Total => Visible + InFlight;
}
