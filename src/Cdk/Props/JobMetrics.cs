namespace Jobs;

/// <summary>
/// Which metrics the functions write into their logs, from which CloudWatch makes them without a further call. Each
/// metric costs $0.30 for a month of hours in which it has a value, and each GB of log $0.50:
/// https://aws.amazon.com/cloudwatch/pricing/. A stack in which nothing runs writes none.
/// </summary>
public enum JobMetrics
{
    /// <summary>
    /// Of the stack as a whole, some dozen, and of each job that asks for its own: OwnMetrics, or an alarm.
    /// </summary>
    ByStack,

    /// <summary>Those, and some ten of each job, whatever it asks for.</summary>
    ByJob,

    /// <summary>None, but for what the scaling of queues' services follows.</summary>
    None,
}
