namespace Jobs.Bench.Cost;

/// <summary>What the laptop cannot tell about AWS, on the dear side.</summary>
internal static class Assumptions
{
    /// <summary>Seconds a function waits for a DynamoDB call.</summary>
    public const double DynamoSeconds = 0.006;

    /// <summary>Seconds a function waits for RunTask.</summary>
    public const double RunTaskSeconds = 0.2;

    /// <summary>
    /// Seconds of a warm invocation besides waiting: the bench of the cold start has 2 ms on a whole core, of which a
    /// small function has an eighth.
    /// </summary>
    public const double ManagedSeconds = 0.02;

    /// <summary>The same bench has 0.6 ms natively, and half as much memory gives a fourteenth of a core.</summary>
    public const double NativeSeconds = 0.01;

    /// <summary>The most that a tick with nothing due calls, which <c>TickCallTests</c> holds.</summary>
    public const int TickCalls = 20;

    /// <summary>Seconds of a tick besides waiting.</summary>
    public const double OwnTickSeconds = 0.02;

    /// <summary>
    /// Lambda has five pollers at an idle queue, each of which waits 20 seconds.
    /// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    /// </summary>
    public const int PollsPerMinute = 15;

    /// <summary>One message a batch: sent, received and deleted by itself. In a burst ten share the last two.</summary>
    public const int RequestsPerMessage = 3;

    /// <summary>Seconds of a task before its job begins, image pull included: Fargate bills them.</summary>
    public const double TaskStartSeconds = 30;

    /// <summary>Start, RunTask.sync and its end: the least a state machine with one task has.</summary>
    public const int TransitionsPerRun = 3;
}
