using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Alerts;
using Jobs.Cdk.Ground;
using Jobs.Cdk.Queues;
using Jobs.Core;
using Jobs.Core.Definitions;
using static Jobs.Cdk.Ground.Statements;

namespace Jobs.Cdk.Tasks;

/// <summary>
/// The queue whose messages a job takes, with that of its dead letters, and the alarm that wakes OnBacklog.
/// </summary>
internal sealed class JobQueue : Construct
{
    /// <summary>When a message has waited this long, no task takes it, or far too few do.</summary>
    private static readonly Duration Limit = Duration.Hours(1);

    /// <summary>
    /// The worker writes the dead letter itself, with the error, in a message's last receive. SQS moves without a
    /// reason what was received more often: a message whose last receives were interrupted is none of these, so it gets
    /// some more.
    /// </summary>
    private const int SpareReceives = 3;

    /// <summary>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html</summary>
    private const int MostReceives = 1_000;

    private readonly string _stack;

    /// <param name="takesUploads">Rules send to it too.</param>
    public JobQueue(
        Construct scope, string stack, string job, QueueTrigger declared, bool takesUploads, AdminAlerts alerts)
        : base(scope, "Queue")
    {
        var (title, lines) = (Names.Queue(job), new CommandLines(stack));
        _stack = stack;
        DeadLetters = new DeadLetters(
            this,
            "DeadLetters",
            alerts,
            $"Messages of {job} failed {declared.MaxReceives} times. To read them, with the error of each: " +
            $"{lines.DeadLetters(title)} When the cause is gone, send them back: {lines.Redrive(title)} " +
            "They are kept for 14 days.",
            Names.JobDeadLetters(stack, job)).Queue;
        Queue = new Queue(this, "Queue", new QueueProps
        {
            QueueName = Names.JobQueue(stack, job),
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            VisibilityTimeout = Duration.Seconds(declared.VisibilitySeconds),
            // The longest SQS has, as the dead letters: a message does not get younger by going there.
            RetentionPeriod = Duration.Days(14),
            // One request waits for messages instead of many that find none.
            ReceiveMessageWaitTime = Duration.Seconds(20),
            DeadLetterQueue = new DeadLetterQueue
            {
                Queue = DeadLetters,
                MaxReceiveCount = Math.Min(declared.MaxReceives + SpareReceives, MostReceives),
            },
        });
        if (takesUploads) Queue.AdmitRulesOf(stack, job);
        Alarm = CreateAlarm(job);
        alerts.WhenBehind(
            this,
            Queue,
            Limit,
            $"The oldest message of {job} has waited an hour. See whether its tasks run and what their log says; raise " +
            "MaxTasks if they are too few. Nothing is lost for 14 days.");
        StackOutput.AddQueue(this, title, Queue.QueueUrl);
        StackOutput.AddDeadLetters(this, title, DeadLetters.QueueUrl);
    }

    public Queue Queue { get; }

    public Queue DeadLetters { get; }

    /// <summary>Messages wait. Who is woken is added when the functions are made.</summary>
    public CfnAlarm Alarm { get; }

    /// <summary>What must be there before a rule sends, so that nothing is refused.</summary>
    public IEnumerable<IConstruct> Intake => [Queue.Policy()];

    /// <summary>What a task does with messages of its own queues, and of no other.</summary>
    public IEnumerable<PolicyStatement> Permissions =>
    [
        Allow(
            "TakeMessages",
            ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
            [Queue.QueueArn]),
        Send("KeepDeadLetters", DeadLetters),
    ];

    private CfnAlarm CreateAlarm(string job) => new(this, "Backlog", new CfnAlarmProps
    {
        AlarmName = Names.BacklogAlarm(_stack, job),
        AlarmDescription =
            $"Messages wait in the queue of {job}. No need to do anything: it wakes OnBacklog, which starts tasks.",
        Namespace = "AWS/SQS",
        MetricName = "ApproximateNumberOfMessagesVisible",
        Dimensions = new[] { new CfnAlarm.DimensionProperty { Name = "QueueName", Value = Queue.QueueName } },
        Statistic = "Maximum",
        Period = 60,
        EvaluationPeriods = 1,
        Threshold = 1,
        ComparisonOperator = "GreaterThanOrEqualToThreshold",
        TreatMissingData = "notBreaching",
    });
}
