using Amazon.Lambda.SQSEvents;
using Jobs.Core;
using Jobs.Core.Messages;

namespace Jobs.Functions;

/// <summary>
/// The jobs that may send commands, by the id of their role. SQS notes the sender of each message: for a role's session
/// <c>AROA…:session</c>, which a sender cannot forge.
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
/// </summary>
public sealed class Submitters
{
    private readonly Dictionary<string, string> _jobs = [];

    private Submitters()
    {
    }

    /// <summary>Reads <c>AROA…=job,AROA…=job</c>, as the stack writes it.</summary>
    /// <exception cref="InvalidOperationException">The text is something else.</exception>
    public static Submitters Parse(string? text)
    {
        var submitters = new Submitters();
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=');
            if (parts is not [{ Length: > 0 } role, { Length: > 0 } job])
            {
                throw new InvalidOperationException(
                    $"{EnvironmentNames.Submitters} has '{pair}', not ROLE=job. Deploy the stack again.");
            }

            submitters._jobs[role] = job;
        }

        return submitters;
    }

    /// <summary>
    /// Who sent the message: a job when a job's role did, be it before it was moved back from the dead letters; else
    /// who did last.
    /// </summary>
    public Sender SenderOf(SQSEvent.SQSMessage message) => new(JobOf(message), Inbox.SenderOf(message))
    {
        SentAt = Inbox.SentAtOf(message),
    };

    private string? JobOf(SQSEvent.SQSMessage message) =>
        Senders.Of(Inbox.SendersOf(message), Inbox.SenderOf(message))
            .Select(sender => _jobs.GetValueOrDefault(sender.Split(':')[0]))
            .FirstOrDefault(job => job is not null);
}
