using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Jobs.Core.Backlog;

namespace Jobs.Aws.Queues;

/// <summary>How full the jobs' queues are, as SQS says at this moment.</summary>
/// <param name="urlOf">The URL of a job's queue.</param>
public sealed class SqsQueueReader(IAmazonSQS sqs, Func<string, string> urlOf) : IQueueReader
{
    private const string Visible = "ApproximateNumberOfMessages";
    private const string InFlight = "ApproximateNumberOfMessagesNotVisible";

    /// <exception cref="KeyNotFoundException">A number that was asked for is missing.</exception>
    public async Task<QueueReading> ReadAsync(string job, CancellationToken cancellation)
    {
        var request = new GetQueueAttributesRequest { QueueUrl = urlOf(job), AttributeNames = [Visible, InFlight] };
        var answer = await sqs.GetQueueAttributesAsync(request, cancellation);
        // The response's own properties would read an absent number as 0.
        return new QueueReading(Number(Visible), Number(InFlight));

        int Number(string attribute) => int.Parse(answer.Attributes[attribute], CultureInfo.InvariantCulture);
    }
}
