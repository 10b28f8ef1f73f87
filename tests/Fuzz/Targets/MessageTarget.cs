using System.Text;
using Jobs.Aws;
using Jobs.Core.Messages;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Messages;
using Jobs.Sdk.Reporting;
using Jobs.Tests.Fuzz.Mutation;

namespace Jobs.Tests.Fuzz.Targets;

/// <summary>
/// Bodies that a queue brings to a worker, and inputs that a run does: read as their type, or refused with a sentence
/// that fits beside the message as a dead letter.
/// </summary>
internal sealed class MessageTarget : IFuzzTarget
{
    private static readonly QueueJobType[] Handlers =
        [(QueueJobType)JobType.Of(typeof(TakesAnOrder)), (QueueJobType)JobType.Of(typeof(TakesUploads))];

    private static readonly RunJobType Job = (RunJobType)JobType.Of(typeof(ReadsAnOrder));
    private static readonly Secrets NoSecrets = Secrets.Read(_ => null);

    public string Name => "messages";

    public IReadOnlyList<byte[]> Samples { get; } =
    [
        """{"id":"A-17","amount":12.50,"placedAt":"2026-01-05T08:00:00+01:00","state":"Paid","lines":[{"article":"Größe 7","count":3}],"labels":{"a":"b"}}"""u8.ToArray(),
        """{"id":"A-18","amount":0,"placedAt":"2026-01-05T08:00:00Z","state":"Open","lines":[],"labels":{},"waits":"00:05:00"}"""u8.ToArray(),
        """{"job":"takes-uploads","trigger":"in/*.txt","event":{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{"key":"in/a.txt","size":5,"etag":"e","sequencer":"0A"}}},"replay":"k"}"""u8.ToArray(),
    ];

    public IMutator Mutator { get; } = new JsonMutator("\"Paid\"", "\"2026-01-05T08:00:00Z\"", "\"1.00:00:00\"");

    public int InputsInTests => 5_000;

    public async Task TakeAsync(byte[] input, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetString(input);
        Receive(body);
        try
        {
            await Job.RunAsync(new ReadsAnOrder(), body, null!, cancellation);
        }
        catch (JobFailedException e) when (e.Message.Length > 20)
        {
            // The run's reason.
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Receive(string body)
    {
        foreach (var handler in Handlers) Receive(handler, body);
    }

    private static void Receive(QueueJobType handler, string body)
    {
        try
        {
            handler.Read(body);
        }
        catch (MisfitException e)
        {
            var told = DeadLetter.AttributesOf(new QueueMessage("m", "r", body), e, "job", "job/run", NoSecrets);
            if (told.GetValueOrDefault(SqsDeadLetters.ReasonAttribute)?.Text is not { Length: > 20 } reason)
                throw new FindingException("Its dead letter has no reason.", e);
            if (SqsText.Printable(reason) != reason) throw new FindingException("Its reason is refused by SQS.", e);
        }
    }

    public enum State
    {
        Open,
        Paid,
    }

    public sealed record Line(string Article, int Count);

    public sealed record Order(
        string Id, decimal Amount, DateTimeOffset PlacedAt, State State, IReadOnlyList<Line> Lines,
        IReadOnlyDictionary<string, string>? Labels, TimeSpan? Waits);

    [OnQueue]
    public sealed class TakesAnOrder : IMessageHandler<Order>
    {
        public Task HandleAsync(Order message, MessageContext context, CancellationToken stop) => Task.CompletedTask;
    }

    [OnUpload("in/", Suffix = ".txt")]
    public sealed class TakesUploads : IMessageHandler<Upload>
    {
        public Task HandleAsync(Upload message, MessageContext context, CancellationToken stop) => Task.CompletedTask;
    }

    [Job]
    public sealed class ReadsAnOrder : IJob<Order, Order>
    {
        public Task<Order> RunAsync(Order input, JobContext job, CancellationToken stop) => Task.FromResult(input);
    }
}
