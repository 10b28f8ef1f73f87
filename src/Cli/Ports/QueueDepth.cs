namespace Jobs.Cli.Ports;

/// <summary>About how many messages there are: SQS counts approximately.</summary>
/// <param name="Visible">Waiting to be received.</param>
/// <param name="InFlight">Received and not deleted yet.</param>
/// <param name="Delayed">Not to be received yet.</param>
internal sealed record QueueDepth(int Visible, int InFlight, int Delayed)
{
    public int Total => Visible + InFlight + Delayed;
}
