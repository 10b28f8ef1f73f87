using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Jobs.Cdk.Alerts;

namespace Jobs.Cdk.Queues;

/// <summary>A queue for what could not be done, and the alarm that tells admins of it.</summary>
internal sealed class DeadLetters : Construct
{
    /// <param name="name">Name of the queue; null for one that CloudFormation gives.</param>
    public DeadLetters(Construct scope, string id, AdminAlerts alerts, string description, string? name = null)
        : base(scope, id)
    {
        Queue = new Queue(this, "Queue", new QueueProps
        {
            QueueName = name,
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            // The longest SQS has.
            RetentionPeriod = Duration.Days(14),
        });
        alerts.WhenNotEmpty(this, Queue, description);
    }

    public Queue Queue { get; }
}
