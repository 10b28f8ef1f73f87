namespace Jobs.Cli.Shapes;

/// <param name="Messages">Oldest first, by queue; those beyond --limit are only counted.</param>
internal sealed record DeadLetterListShape(IReadOnlyList<QueueShape> Queues, IReadOnlyList<DeadLetterShape> Messages);
