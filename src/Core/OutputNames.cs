namespace Jobs.Core;

/// <summary>Outputs of the stack by which the command line finds its parts. Declared once, for both sides.</summary>
public static class OutputNames
{
    /// <summary>Name of the runner's bucket.</summary>
    public const string Bucket = "Bucket";

    /// <summary>Name of the cluster.</summary>
    public const string Cluster = "Cluster";

    /// <summary>Name of the control table.</summary>
    public const string RunsTable = "RunsTable";

    /// <summary>Name of the table of worker records.</summary>
    public const string ResultsTable = "ResultsTable";

    /// <summary>ARN of the topic that admins subscribe to.</summary>
    public const string AlertTopic = "AlertTopic";

    /// <summary>URL of the queue for submit, retry, cancel and replay.</summary>
    public const string Commands = "Commands";

    /// <summary>Before the name of a queue; the value is its URL.</summary>
    public const string QueuePrefix = "Queue";

    /// <summary>Before the name of a queue of what could not be done; the value is its URL. With the name of a queue it is that queue's.</summary>
    public const string DeadLettersPrefix = "DeadLetters";
}
