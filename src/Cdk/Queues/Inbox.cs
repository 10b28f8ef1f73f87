using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Ground;
using Jobs.Core;

namespace Jobs.Cdk.Queues;

/// <summary>
/// A queue between rules and a function: it buffers a burst, paces it, and keeps what the function failed on.
/// </summary>
internal sealed class Inbox : Construct
{
    /// <summary>
    /// Invocations at once. Fargate launches 20 tasks a second; five functions at some 200 ms a launch ask for a little
    /// more.
    /// </summary>
    private const int MaxConcurrency = 5;

    private const int BatchSize = 10;

    /// <summary>
    /// At least 5, because deliveries refused for concurrency count too.
    /// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
    /// </summary>
    private const int MaxReceiveCount = 5;

    /// <summary>Six times the function's timeout. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html</summary>
    private const int VisibilityFactor = 6;

    private const string SourceId = "Source";

    /// <summary>
    /// The worst that five failures in a row take; a message that waits longer waits for the function.
    /// </summary>
    private static readonly Duration Limit = Duration.Minutes(15);

    public Inbox(Construct scope, string id, Duration functionTimeout, AdminAlerts alerts)
        : base(scope, id)
    {
        var lines = new CommandLines(Amazon.CDK.Stack.Of(this).StackName);
        DeadLetters = new DeadLetters(
            this,
            "DeadLetters",
            alerts,
            $"{id}: messages failed {MaxReceiveCount} times, or can never succeed. Read them, with the reasons: " +
            $"{lines.DeadLetters(id)} When the cause is gone, send them back: {lines.Redrive(id)} " +
            "They are kept for 14 days.").Queue;
        Queue = new Queue(this, "Queue", new QueueProps
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            VisibilityTimeout = Duration.Seconds(VisibilityFactor * functionTimeout.ToSeconds()),
            RetentionPeriod = Duration.Days(14),
            DeadLetterQueue = new DeadLetterQueue { Queue = DeadLetters, MaxReceiveCount = MaxReceiveCount },
        });
        alerts.WhenBehind(
            this, Queue, Limit,
            $"{id}: the oldest message has waited {Limit.ToMinutes()} minutes. Look at the function's log and " +
            "throttles; the messages are kept and handled when it works again.");
        StackOutput.AddQueue(this, id, Queue.QueueUrl);
        StackOutput.AddDeadLetters(this, id, DeadLetters.QueueUrl);
    }

    public Queue Queue { get; }

    public Queue DeadLetters { get; }

    /// <summary>
    /// What must be there before anything is sent, so that nothing is refused and each message is taken. Complete when
    /// it is fed.
    /// </summary>
    public IEnumerable<IConstruct> Intake => [Queue.Policy(), Node.FindChild(SourceId)];

    /// <summary>Lets the function take the messages.</summary>
    public void Feed(Function function) => _ = new EventSourceMapping(this, SourceId, new EventSourceMappingProps
    {
        Target = function,
        EventSourceArn = Queue.QueueArn,
        BatchSize = BatchSize,
        MaxConcurrency = MaxConcurrency,
        ReportBatchItemFailures = true,
    });
}
