using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Stacks;

/// <param name="caller">The name of who sends; null when it is not known.</param>
internal sealed class SqsCommandQueue(
    IAmazonSQS sqs, string url, Func<CancellationToken, Task<string?>> caller) : ICommandQueue
{
    public async Task SendAsync(string body, CancellationToken cancellation)
    {
        var signed = CommandBodies.SentBy(body, await caller(cancellation));
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = signed }, cancellation);
    }
}
