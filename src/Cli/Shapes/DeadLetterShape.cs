namespace Jobs.Cli.Shapes;

/// <param name="Reason">Why it could not be handled; null when SQS moved it after too many receives.</param>
internal sealed record DeadLetterShape(string Queue, string Id, DateTimeOffset SentAt, int Receives, string? Reason, string Body);
