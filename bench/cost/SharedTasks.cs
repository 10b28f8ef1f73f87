namespace Jobs.Bench.Cost;

/// <summary>How a task that small files share went.</summary>
/// <param name="Name">For people.</param>
/// <param name="Files">How many it was given.</param>
/// <param name="MessagesPerTask">For how many one task would be started.</param>
/// <param name="BusySeconds">From its first look at the queue to the end of its last file.</param>
/// <param name="IdleSeconds">How long it then waited for another.</param>
/// <param name="SqsRequests">What it asked SQS, all polls included.</param>
/// <param name="Least">How many times less than a task for each file it is to cost.</param>
internal sealed record SharedTasks(
    string Name, int Files, int MessagesPerTask, double BusySeconds, double IdleSeconds, int SqsRequests, double Least)
{
    public int TasksFor(int files) => (files + MessagesPerTask - 1) / MessagesPerTask;

    /// <summary>Of all tasks together.</summary>
    public double SecondsFor(int files) =>
        (TasksFor(files) * (Assumptions.TaskStartSeconds + IdleSeconds)) + (files * BusySeconds / Files);

    /// <summary>The send is one besides.</summary>
    public double RequestsPerFile => 1 + ((double)SqsRequests / Files);

    /// <summary>Of a million messages in a task that has begun, as the drain of a queue is warm.</summary>
    public double MessageDollars => RequestsPerFile * Prices.SqsRequest * 1e6;
}
