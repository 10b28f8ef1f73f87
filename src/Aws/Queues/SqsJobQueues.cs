using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Core.Messages;

namespace Jobs.Aws.Queues;

/// <summary>Puts messages into the jobs' queues.</summary>
/// <param name="urlOf">The URL of a job's queue.</param>
public sealed class SqsJobQueues(IAmazonSQS sqs, Func<string, string> urlOf) : IJobQueues
{
    public Task SendAsync(string job, string body, CancellationToken cancellation) => sqs.SendMessageAsync(
        new SendMessageRequest { QueueUrl = urlOf(job), MessageBody = body }, cancellation);
}
