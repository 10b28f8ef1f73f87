using Jobs.Cli.Ports;
using Jobs.Cli.Reading;

namespace Jobs.Cli.Shapes;

/// <param name="Messages">Oldest first, by queue; those beyond --limit are only counted.</param>
internal sealed record DeadLetterListShape(IReadOnlyList<QueueShape> Queues, IReadOnlyList<DeadLetterShape> Messages)
{
    public static DeadLetterListShape Of(
        IEnumerable<QueueState> queues, IEnumerable<(string Queue, DeadLetter Letter)> letters) => new(
        [.. queues.Select(QueueShape.Of)],
        [.. letters.Select(one => DeadLetterShape.Of(one.Queue, one.Letter))]);
}

/// <param name="Reason">Why it could not be handled; null when SQS moved it after too many receives.</param>
internal sealed record DeadLetterShape(
    string Queue, string Id, DateTimeOffset SentAt, int Receives, string? Reason, string Body)
{
    public static DeadLetterShape Of(string queue, DeadLetter letter) =>
        new(queue, letter.Id, letter.SentAt, letter.Receives, letter.Reason, letter.Body);
}

/// <param name="Moved">Messages that went back to their queue.</param>
internal sealed record RedriveShape(string Queue, int Moved);
