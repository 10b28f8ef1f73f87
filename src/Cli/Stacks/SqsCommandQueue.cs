using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

internal sealed class SqsCommandQueue(IAmazonSQS sqs, string url) : ICommandQueue
{
    public async Task SendAsync(string body, CancellationToken cancellation) =>
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = body }, cancellation);
}
