namespace Jobs.Cli.Ports;

/// <param name="Id">SQS's message id.</param>
/// <param name="SentAt">When it was first sent.</param>
/// <param name="Reason">Why it could not be handled, as the program that gave up on it wrote; null when SQS itself
/// moved it here.</param>
internal sealed record DeadLetter(string Id, DateTimeOffset SentAt, int Receives, string? Reason, string Body);
