namespace Jobs.Core.Metrics;

/// <summary>What the metrics of a stack and the other members of their log lines are called.</summary>
public static class MetricNames
{
    /// <summary>Namespace in CloudWatch.</summary>
    public const string Namespace = "Jobs";

    /// <summary>Dimension with the name of the stack.</summary>
    public const string Stack = "Stack";

    /// <summary>Dimension with the name of the job, where metrics by job are asked for.</summary>
    public const string Job = "Job";

    /// <summary>Dimension of <see cref="Runs"/> with the state in which a run ended.</summary>
    public const string Outcome = "Outcome";

    /// <summary>Dimension of <see cref="Refusals"/> with the class of ECS's reason.</summary>
    public const string Reason = "Reason";

    /// <summary>Runs that ended.</summary>
    public const string Runs = "Runs";

    /// <summary>
    /// 1 for a run that failed or timed out, 0 for one that succeeded: the average is the part that failed.
    /// </summary>
    public const string Failures = "Failures";

    /// <summary>Seconds from a run's request to its first claim.</summary>
    public const string WaitedSeconds = "WaitedSeconds";

    /// <summary>Seconds from an attempt's claim to the end of its task.</summary>
    public const string RunSeconds = "RunSeconds";

    /// <summary>US dollars of Fargate for a task that ended.</summary>
    public const string CostDollars = "CostDollars";

    /// <summary>Messages of a queue that wait or are in hand.</summary>
    public const string Backlog = "Backlog";

    /// <summary>Runs that wait for a dispatcher.</summary>
    public const string WaitingRuns = "WaitingRuns";

    /// <summary>Launches that ECS took.</summary>
    public const string Launches = "Launches";

    /// <summary>Launches that ECS refused.</summary>
    public const string Refusals = "Refusals";

    /// <summary>
    /// Messages of a job's queue, those in hand included, for each task that its service has or is getting.
    /// </summary>
    public const string BacklogPerTask = "BacklogPerTask";

    /// <summary>Member with the id of the run.</summary>
    public const string Run = "Run";

    /// <summary>Member with the number of the attempt.</summary>
    public const string Attempt = "Attempt";

    /// <summary>Member with the class of the verdict: the cause.</summary>
    public const string Verdict = "Verdict";

    /// <summary>Member with what started the run.</summary>
    public const string Trigger = "Trigger";
}
