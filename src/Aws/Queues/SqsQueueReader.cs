using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Core.Backlog;
using Jobs.Core.Ports;

namespace Jobs.Aws.Queues;

/// <summary>How full the jobs' queues are, as SQS says at this moment.</summary>
/// <param name="urls">The URL of each job's queue.</param>
public sealed class SqsQueueReader(IAmazonSQS sqs, IReadOnlyDictionary<string, string> urls) : IQueueReader
{
    private const string Visible = "ApproximateNumberOfMessages";
    private const string InFlight = "ApproximateNumberOfMessagesNotVisible";

    /// <exception cref="KeyNotFoundException">The job's queue, or a number that was asked for, is missing.</exception>
    public async Task<QueueReading> ReadAsync(string job, CancellationToken cancellation)
    {
        if (!urls.TryGetValue(job, out var url)) throw new KeyNotFoundException($"The stack names no queue of job '{job}'. Deploy the stack again.");
        var answer = await sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = [Visible, InFlight] }, cancellation);
        // The response's own properties would read an absent number as 0.
        return new QueueReading(Number(Visible), Number(InFlight));

        int Number(string attribute) => int.Parse(answer.Attributes[attribute], CultureInfo.InvariantCulture);
    }
}
